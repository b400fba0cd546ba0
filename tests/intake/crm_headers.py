"""Headers as CRMs write them, each with the role it means; one table an export.

Sources: docs/formats.md (vendor help, import code seen in public), field lists of the
vendors; translations as the localised products show them. Read by the tests of roles; no values, no
customer data.
"""

# export → (kind of table, {role: headers separated by “|”})
EXPORTS: dict[str, tuple[str, dict[str, str]]] = {
    "HubSpot companies": (
        "accounts",
        {
            "account_id": "Record ID",
            "account_name": "Company name",
            "domain": "Company Domain Name",
            "contact_phone": "Phone Number",
            "attribute": "Industry|Number of Employees|Annual Revenue|Country/Region",
            "owner": "Company owner",
            "account_type": "Lifecycle Stage",
            "ignore": "Create Date|Last Activity Date",
            "lead_source": "Original Traffic Source",
            "identifier": "Street Address|Postal Code",
        },
    ),
    "HubSpot deals": (
        "deals",
        {
            "deal_id": "Record ID",
            "deal_name": "Deal Name",
            "stage": "Deal Stage",
            "pipeline": "Pipeline",
            "amount": "Amount",
            "closed_date": "Close Date",
            "created_date": "Create Date",
            "owner": "Deal owner",
            "account_name": "Associated Company",
            "account_id": "Associated Company IDs",
            "deal_type": "Deal Type",
            "lost_reason": "Closed Lost Reason",
            "lead_source": "Original Source",
            "known_after": "Is closed lost|Closed Won Reason",
        },
    ),
    "HubSpot contacts": (
        "contacts",
        {
            "contact_first_name": "First Name",
            "contact_last_name": "Last Name",
            "contact_email": "Email",
            "contact_phone": "Phone Number|Mobile Phone Number",
            "contact_job_title": "Job Title",
            "owner": "Contact owner",
            "account_name": "Associated Company",
            "account_id": "Associated Company IDs",
        },
    ),
    "HubSpot API deals": (
        "deals",
        {
            "deal_id": "deal_id",
            "deal_name": "property_dealname",
            "amount": "property_amount",
            "closed_date": "property_closedate",
            "created_date": "property_createdate",
            "owner": "owner_id",
            "pipeline": "deal_pipeline_id",
            "stage": "deal_pipeline_stage_id",
            "ignore": "is_deleted|portal_id",
        },
    ),
    "Salesforce accounts report": (
        "accounts",
        {
            "account_id": "Account ID",
            "account_name": "Account Name",
            "account_type": "Type",
            "domain": "Website",
            "attribute": "Industry|Annual Revenue|Employees|Ownership|Billing Country|Billing State/Province",
            "contact_phone": "Phone",
            "owner": "Account Owner",
            "lead_source": "Account Source",
            "existing_score": "Rating",
            "identifier": "Ticker Symbol|Billing Zip/Postal Code|Billing Street",
        },
    ),
    "Salesforce opportunities report": (
        "deals",
        {
            "deal_id": "Opportunity ID",
            "deal_name": "Opportunity Name",
            "account_name": "Account Name",
            "stage": "Stage",
            "won": "Is Won",
            "amount": "Amount",
            "closed_date": "Close Date",
            "created_date": "Created Date",
            "deal_type": "Type",
            "owner": "Opportunity Owner",
            "lead_source": "Lead Source",
            "currency": "Amount Currency",
            "known_after": "Forecast Category|Fiscal Period|Probability (%)|Expected Revenue|Next Step",
        },
    ),
    "Salesforce API accounts": (
        "accounts",
        {
            "account_id": "Id",
            "account_name": "Name",
            "account_type": "Type",
            "domain": "Website",
            "attribute": "Industry|AnnualRevenue|NumberOfEmployees|BillingCountry|BillingState|YearStarted",
            "lead_source": "AccountSource",
            "owner": "OwnerId",
            "currency": "CurrencyIsoCode",
            "existing_score": "ICP_Score__c",
            "ignore": "CreatedDate|SystemModstamp|IsDeleted",
        },
    ),
    "Salesforce API opportunities": (
        "deals",
        {
            "deal_id": "Id",
            "account_id": "AccountId",
            "deal_name": "Name",
            "stage": "StageName",
            "amount": "Amount",
            "closed_date": "CloseDate",
            "created_date": "CreatedDate",
            "deal_type": "Type",
            "lead_source": "LeadSource",
            "won": "IsWon",
            "owner": "OwnerId",
            "currency": "CurrencyIsoCode",
            "known_after": "IsClosed|Probability",
        },
    ),
    "Pipedrive deals": (
        "deals",
        {
            "deal_id": "Deal - ID",
            "deal_name": "Deal - Title",
            "owner": "Deal - Owner",
            "amount": "Deal - Value",
            "currency": "Deal - Currency of Value",
            "account_name": "Deal - Organization",
            "account_id": "Deal - Organization ID",
            "pipeline": "Deal - Pipeline",
            "stage": "Deal - Stage",
            "won": "Deal - Status",
            "created_date": "Deal - Deal created",
            "closed_date": "Deal - Deal closed on",
            "lost_reason": "Deal - Lost reason",
            "lead_source": "Deal - Source channel",
            "product": "Deal - Product name",
            "ignore": "Deal - Visible to|Deal - Won time|Deal - Currency of Weighted value",
            "known_after": "Deal - Weighted value|Deal - Total activities|Deal - Archive status|Deal - Probability",
        },
    ),
    "Pipedrive organizations": (
        "accounts",
        {
            "account_id": "Organization - ID",
            "account_name": "Organization - Name",
            "owner": "Organization - Owner",
            "domain": "Organization - Website",
            "attribute": "Organization - Industry|Organization - Annual revenue|Organization - Number of employees"
            "|Organization - Country of Address|Organization - City/town/village/locality of Address",
            "known_after": "Organization - Open deals|Organization - Activities to do",
            "ignore": "Organization - Update time|Organization - Organization created",
            "identifier": "Organization - LinkedIn profile|Organization - ZIP/Postal code of Address",
        },
    ),
    "Zoho deals": (
        "deals",
        {
            "deal_id": "Record Id",
            "deal_name": "Deal Name",
            "account_name": "Account Name",
            "amount": "Amount",
            "stage": "Stage",
            "closed_date": "Closing Date",
            "created_date": "Created Time",
            "owner": "Deal Owner",
            "deal_type": "Type",
            "lead_source": "Lead Source",
            "lost_reason": "Reason For Loss",
            "known_after": "Probability (%)|Expected Revenue",
            "ignore": "Modified Time|Last Activity Time",
        },
    ),
    "Zoho accounts": (
        "accounts",
        {
            "account_id": "Record Id",
            "account_name": "Account Name",
            "domain": "Website",
            "owner": "Account Owner",
            "account_type": "Account Type",
            "attribute": "Industry|Annual Revenue|Employees|Billing Country",
            "existing_score": "Rating",
            "identifier": "Billing Code|Billing Street",
        },
    ),
    "Dynamics opportunities": (
        "deals",
        {
            "deal_name": "Topic",
            "account_name": "Potential Customer",
            "amount": "Est. Revenue",
            "won": "Status",
            "closed_date": "Actual Close Date",
            "created_date": "Created On",
            "currency": "Currency",
            "owner": "Owner",
            "deal_id": "Opportunity ID",
            "known_after": "Forecast category",
            "lost_reason": "Status Reason",
            "ignore": "Est. Close Date|Modified On",
        },
    ),
    "Dynamics accounts": (
        "accounts",
        {
            "account_id": "(Do Not Modify) Account",
            "account_name": "Account Name",
            "contact_phone": "Main Phone",
            "attribute": "Industry|Annual Revenue|Number of Employees|Address 1: Country/Region",
            "domain": "Website",
            "account_type": "Relationship Type",
            "owner": "Owner",
        },
    ),
    "Apollo accounts": (
        "accounts",
        {
            "account_name": "Company",
            "domain": "Website",
            "owner": "Account Owner",
            "attribute": "# Employees|Industry|Annual Revenue|Company Country|Company City|Technologies|SIC Codes"
            "|Total Funding|Latest Funding|Founded Year",
            "identifier": "Company Linkedin Url|Company Street",
            "account_id": "Apollo Account Id",
        },
    ),
    "German accounts": (
        "accounts",
        {
            "account_id": "Kundennummer",
            "account_name": "Firmenname",
            "domain": "Webseite",
            "account_type": "Kundentyp",
            "attribute": "Branche|Mitarbeiterzahl|Jahresumsatz|Land|Rechtsform|Gründungsjahr",
            "customer_since": "Kunde seit",
            "owner": "Betreuer",
            "churned": "Gekündigt",
            "churn_date": "Kündigungsdatum",
            "lead_source": "Leadquelle",
            "contact_phone": "Telefon",
            "identifier": "PLZ|Straße",
        },
    ),
    "German deals": (
        "deals",
        {
            "deal_id": "Auftragsnummer",
            "deal_name": "Auftragsname",
            "account_name": "Kunde",
            "amount": "Auftragswert",
            "stage": "Phase",
            "won": "Ergebnis",
            "created_date": "Erstellt am",
            "closed_date": "Abschlussdatum",
            "owner": "Verkäufer",
            "lost_reason": "Verlustgrund",
            "currency": "Währung",
            "product": "Produkt",
            "deal_type": "Auftragsart",
            "lead_source": "Leadquelle",
            "known_after": "Wahrscheinlichkeit",
        },
    ),
    "French accounts": (
        "accounts",
        {
            "account_id": "Code client",
            "account_name": "Raison sociale",
            "domain": "Site web",
            "account_type": "Type de compte",
            "attribute": "Secteur d'activité|Effectif|Chiffre d'affaires|Pays|Ville|Année de création",
            "customer_since": "Client depuis",
            "owner": "Commercial",
            "churned": "Résilié",
            "churn_date": "Date de résiliation",
            "identifier": "Code postal|Adresse",
        },
    ),
    "French deals": (
        "deals",
        {
            "deal_id": "ID affaire",
            "deal_name": "Nom de l'opportunité",
            "account_name": "Nom du compte",
            "amount": "Montant",
            "stage": "Étape",
            "won": "Statut",
            "created_date": "Date de création",
            "closed_date": "Date de clôture",
            "owner": "Propriétaire",
            "lost_reason": "Raison de perte",
            "currency": "Devise",
            "product": "Produit",
            "lead_source": "Origine",
            "known_after": "Probabilité",
        },
    ),
    "Spanish accounts": (
        "accounts",
        {
            "account_id": "Código cliente",
            "account_name": "Nombre de la empresa",
            "domain": "Sitio web",
            "account_type": "Tipo de cliente",
            "attribute": "Sector|Número de empleados|Ingresos anuales|País|Ciudad|Año de fundación",
            "customer_since": "Cliente desde",
            "owner": "Propietario",
            "churn_date": "Fecha de baja",
            "identifier": "Código postal|Dirección",
        },
    ),
    "Spanish deals": (
        "deals",
        {
            "deal_id": "ID de oportunidad",
            "deal_name": "Nombre del negocio",
            "account_name": "Nombre de la cuenta",
            "amount": "Importe",
            "stage": "Etapa",
            "won": "Estado",
            "created_date": "Fecha de creación",
            "closed_date": "Fecha de cierre",
            "lost_reason": "Motivo de pérdida",
            "currency": "Moneda",
            "product": "Producto",
            "lead_source": "Origen",
            "owner": "Propietario",
            "known_after": "Probabilidad",
        },
    ),
    "Portuguese accounts": (
        "accounts",
        {
            "account_id": "ID do cliente",
            "account_name": "Nome da empresa",
            "domain": "Site",
            "account_type": "Tipo de conta",
            "attribute": "Setor|Número de funcionários|Faturamento anual|Cidade|Porte",
            "customer_since": "Cliente desde",
            "owner": "Responsável",
            "churn_date": "Data de cancelamento",
            "identifier": "CEP|Endereço",
        },
    ),
    "Portuguese deals": (
        "deals",
        {
            "deal_id": "ID do negócio",
            "deal_name": "Nome do negócio",
            "account_name": "Empresa",
            "amount": "Valor",
            "stage": "Etapa",
            "won": "Status",
            "created_date": "Data de criação",
            "closed_date": "Data de fechamento",
            "lost_reason": "Motivo da perda",
            "currency": "Moeda",
            "product": "Produto",
            "lead_source": "Origem",
            "owner": "Responsável",
            "known_after": "Probabilidade",
        },
    ),
    "Dutch accounts": (
        "accounts",
        {
            "account_id": "Klantnummer",
            "account_name": "Bedrijfsnaam",
            "domain": "Website",
            "account_type": "Klanttype",
            "attribute": "Branche|Aantal medewerkers|Jaaromzet|Land|Plaats|Oprichtingsjaar",
            "customer_since": "Klant sinds",
            "owner": "Accountmanager",
            "churn_date": "Opzegdatum",
            "churned": "Opgezegd",
            "identifier": "Postcode|Adres",
        },
    ),
    "Dutch deals": (
        "deals",
        {
            "deal_id": "Deal-ID",
            "deal_name": "Dealnaam",
            "account_name": "Klant",
            "amount": "Bedrag",
            "stage": "Fase",
            "won": "Resultaat",
            "created_date": "Aanmaakdatum",
            "closed_date": "Sluitingsdatum",
            "lost_reason": "Reden van verlies",
            "currency": "Valuta",
            "owner": "Eigenaar",
            "known_after": "Kans",
        },
    ),
    "Italian accounts": (
        "accounts",
        {
            "account_id": "Codice cliente",
            "account_name": "Ragione sociale",
            "domain": "Sito web",
            "account_type": "Tipo cliente",
            "attribute": "Settore|Numero di dipendenti|Fatturato annuo|Paese|Città|Anno di fondazione",
            "customer_since": "Cliente dal",
            "owner": "Commerciale",
            "churn_date": "Data di disdetta",
            "identifier": "CAP|Indirizzo",
        },
    ),
    "Italian deals": (
        "deals",
        {
            "deal_id": "ID opportunità",
            "deal_name": "Nome opportunità",
            "account_name": "Cliente",
            "amount": "Importo",
            "stage": "Fase",
            "won": "Esito",
            "created_date": "Data di creazione",
            "closed_date": "Data di chiusura",
            "lost_reason": "Motivo della perdita",
            "currency": "Valuta",
            "product": "Prodotto",
            "lead_source": "Origine",
            "owner": "Proprietario",
            "known_after": "Probabilità",
        },
    ),
    # Localised screens of the same products, written down after the tables were filled and checked
    # against them once
    "HubSpot de co": (
        "accounts",
        {
            "account_id": "Datensatz-ID",
            "account_name": "Unternehmensname",
            "domain": "Unternehmens-Domain-Name",
            "owner": "Zuständiger Mitarbeiter",
            "attribute": "Branche|Anzahl der Mitarbeiter|Jahresumsatz|Land/Region|Stadt",
            "account_type": "Lifecycle-Phase",
            "ignore": "Erstellungsdatum",
        },
    ),
    "HubSpot de deal": (
        "deals",
        {
            "deal_id": "Datensatz-ID",
            "deal_name": "Deal-Name",
            "stage": "Deal-Phase",
            "amount": "Betrag",
            "closed_date": "Abschlussdatum",
            "created_date": "Erstellungsdatum",
            "deal_type": "Deal-Typ",
            "pipeline": "Pipeline",
            "lost_reason": "Grund für verlorenen Deal",
            "owner": "Zuständiger Mitarbeiter",
            "account_name": "Zugeordnetes Unternehmen",
        },
    ),
    "Salesforce de opp": (
        "deals",
        {
            "deal_name": "Opportunity-Name",
            "account_name": "Accountname",
            "stage": "Phase",
            "amount": "Betrag",
            "closed_date": "Schlusstermin",
            "created_date": "Erstelldatum",
            "lead_source": "Leadquelle",
            "owner": "Opportunity-Inhaber",
            "deal_type": "Typ",
            "known_after": "Wahrscheinlichkeit (%)",
        },
    ),
    "Salesforce de acc": (
        "accounts",
        {
            "account_name": "Accountname",
            "attribute": "Branche|Mitarbeiter|Jahresumsatz|Rechnungsland",
            "owner": "Account-Inhaber",
            "account_type": "Typ",
            "contact_phone": "Telefon",
            "domain": "Website",
        },
    ),
    "Pipedrive de": (
        "deals",
        {
            "deal_id": "Deal - ID",
            "deal_name": "Deal - Titel",
            "amount": "Deal - Wert",
            "account_name": "Deal - Organisation",
            "stage": "Deal - Phase",
            "won": "Deal - Status",
            "created_date": "Deal - Deal erstellt",
            "lost_reason": "Deal - Verlustgrund",
            "owner": "Deal - Besitzer",
            "currency": "Deal - Währung von Wert",
        },
    ),
    "Salesforce fr opp": (
        "deals",
        {
            "account_name": "Nom du compte",
            "deal_name": "Nom de l'opportunité",
            "stage": "Étape",
            "amount": "Montant",
            "closed_date": "Date de clôture",
            "lead_source": "Origine de la piste",
            "owner": "Propriétaire de l'opportunité",
            "known_after": "Probabilité (%)",
            "created_date": "Date de création",
        },
    ),
    "Salesforce fr acc": (
        "accounts",
        {
            "account_name": "Nom du compte",
            "attribute": "Secteur d'activité|Employés|Chiffre d'affaires annuel|Pays de facturation",
            "owner": "Propriétaire du compte",
            "contact_phone": "Téléphone",
            "domain": "Site Web",
        },
    ),
    "Pipedrive fr": (
        "deals",
        {
            "deal_id": "Affaire - ID",
            "deal_name": "Affaire - Titre",
            "amount": "Affaire - Valeur",
            "stage": "Affaire - Étape",
            "won": "Affaire - Statut",
            "account_name": "Affaire - Organisation",
            "owner": "Affaire - Propriétaire",
        },
    ),
    "HubSpot es co": (
        "accounts",
        {
            "account_id": "ID de registro",
            "account_name": "Nombre de la empresa",
            "domain": "Nombre de dominio de la empresa",
            "attribute": "Sector|Número de empleados|Ingresos anuales|País/región|Ciudad",
            "owner": "Propietario de la empresa",
        },
    ),
    "HubSpot es deal": (
        "deals",
        {
            "deal_id": "ID de registro",
            "deal_name": "Nombre del negocio",
            "stage": "Etapa del negocio",
            "amount": "Valor",
            "closed_date": "Fecha de cierre",
            "created_date": "Fecha de creación",
            "deal_type": "Tipo de negocio",
            "lost_reason": "Motivo de cierre perdido",
            "owner": "Propietario del negocio",
        },
    ),
    "HubSpot pt deal": (
        "deals",
        {
            "deal_name": "Nome do negócio",
            "stage": "Etapa do negócio",
            "amount": "Valor",
            "closed_date": "Data de fechamento",
            "owner": "Proprietário do negócio",
            "lost_reason": "Motivo do fechamento perdido",
            "pipeline": "Pipeline",
            "created_date": "Data de criação",
        },
    ),
    "HubSpot nl co": (
        "accounts",
        {
            "account_name": "Bedrijfsnaam",
            "domain": "Domeinnaam bedrijf",
            "attribute": "Sector|Aantal werknemers|Jaaromzet|Land/regio|Plaats",
            "owner": "Eigenaar bedrijf",
        },
    ),
    "HubSpot nl deal": (
        "deals",
        {
            "deal_name": "Dealnaam",
            "stage": "Dealfase",
            "amount": "Bedrag",
            "closed_date": "Sluitingsdatum",
            "owner": "Dealeigenaar",
            "account_name": "Gekoppeld bedrijf",
        },
    ),
    "HubSpot it co": (
        "accounts",
        {
            "account_name": "Nome azienda",
            "domain": "Nome di dominio azienda",
            "attribute": "Settore|Numero di dipendenti|Fatturato annuo|Paese/Area geografica|Città",
            "owner": "Proprietario azienda",
        },
    ),
    "HubSpot it deal": (
        "deals",
        {
            "deal_name": "Nome offerta",
            "stage": "Fase offerta",
            "amount": "Importo",
            "closed_date": "Data di chiusura",
            "owner": "Proprietario offerta",
            "created_date": "Data di creazione",
        },
    ),
    "Close/other en": (
        "deals",
        {
            "deal_id": "Opp #",
            "deal_name": "Opportunity",
            "account_name": "Lead Name",
            "amount": "Value ($)",
            "won": "Status Type",
            "closed_date": "Date Won",
            "created_date": "Date Created",
            "owner": "Rep Name",
            "lead_source": "How did they hear about us",
        },
    ),
}

ROWS = 40
DAYS = [f"2024-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in range(ROWS)]
NUMBERS = [str(1000 + 37 * n) for n in range(ROWS)]
WORDS = ["Alpha", "Beta", "Gamma", "Delta"] * 10
NAMES = [f"Firm {'abcdefgh'[n % 8]}{n} Ltd" for n in range(ROWS)]
# Values that fit a role; a header may need others (below)
VALUES: dict[str, list[str]] = {
    "account_id": [f"A-{n:04d}" for n in range(ROWS)],
    "deal_id": [f"D-{n:04d}" for n in range(ROWS)],
    "account_name": NAMES,
    "deal_name": [f"{name} rollout" for name in NAMES],
    "domain": [f"firm{n}.example.com" for n in range(ROWS)],
    "account_type": ["Customer", "Prospect", "Partner", "Customer"] * 10,
    "owner": ["Ann Lee", "Bob Ray", "Cy Dow", "Di Fox"] * 10,
    "stage": ["Closed Won", "Closed Lost", "Proposal", "Demo"] * 10,
    "won": ["won", "lost", "open", "lost"] * 10,
    "amount": NUMBERS,
    "deal_type": ["New Business", "Renewal"] * 20,
    "pipeline": ["Sales", "Partners"] * 20,
    "product": ["Basic plan", "Pro plan"] * 20,
    "currency": ["EUR", "USD"] * 20,
    "created_date": DAYS,
    "closed_date": DAYS,
    "customer_since": DAYS,
    "churn_date": DAYS,
    "churned": ["Yes", "No"] * 20,
    "lost_reason": ["Price", "No budget", "Timing", ""] * 10,
    "lead_source": ["Webinar", "Referral", "Outbound", "Event"] * 10,
    "contact_email": [f"p{n}@firm{n}.example.com" for n in range(ROWS)],
    "contact_phone": [f"+49 30 55{n:04d}" for n in range(ROWS)],
    "contact_first_name": ["Ann", "Bob", "Cy", "Di"] * 10,
    "contact_last_name": ["Lee", "Ray", "Dow", "Fox"] * 10,
    "contact_job_title": ["CTO", "CFO", "Buyer", "CEO"] * 10,
    "existing_score": [str(n) for n in range(ROWS)],
    "attribute": WORDS,
    "known_after": WORDS,
    "identifier": [f"Main street {n}" for n in range(ROWS)],
    "ignore": DAYS,
}
_COUNTED = (
    r"employ|mitarbeiter|effectif|emplead|funcion|medewerk|dipend|employé|revenue|umsatz|chiffre"
)
_COUNTED += r"|ingres|fatur|omzet|fattur|activit|deals|probab|prob|wahrsch|kans|expected|weighted|total funding"


def values_of(header: str, role: str) -> list[str]:
    """Values such as that column holds."""
    import re

    words = header.casefold()
    if re.search(r"visible|deleted|portal", words):
        return ["Everyone"] * ROWS
    if re.search(
        r"founded|gründungsj|année de cr|año de fund|oprichting|anno di fond|yearstarted", words
    ):
        return [str(1980 + n) for n in range(ROWS)]
    if words == "rating":
        return ["Hot", "Warm", "Cold", "Hot"] * 10
    if "currency" in words:
        return VALUES["currency"]
    if (
        role in ("attribute", "known_after")
        and re.search(_COUNTED, words)
        and "secteur" not in words
    ):
        return NUMBERS
    if "date" in words and role == "known_after":
        return DAYS
    return (
        VALUES["won"]
        if role == "known_after" and "status" in words and "archive" not in words
        else VALUES[role]
    )
