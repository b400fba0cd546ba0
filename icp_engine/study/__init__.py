"""The one place that composes: a study, its stages, its files, its looks."""

from icp_engine.study.study import Study

__all__ = ["Study"]
