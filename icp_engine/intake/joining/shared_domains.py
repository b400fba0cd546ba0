"""Web addresses that many firms and people share, as data: mail providers, market places, site
builders, networks.

Comes in: domains. Goes out: which of them name one firm. Separate because it is a list to extend:
two accounts that share one of these share nothing.
"""

from __future__ import annotations

from icp_engine.types import Series

MAIL = (
    "gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.co.in yahoo.com.br"
    " ymail.com rocketmail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it outlook.com outlook.de"
    " outlook.fr live.com live.co.uk live.fr live.nl msn.com icloud.com me.com mac.com aol.com aim.com gmx.de gmx.net"
    " gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de 1und1.de mail.com mail.ru inbox.ru list.ru bk.ru"
    " yandex.ru yandex.com rambler.ru proton.me protonmail.com pm.me tutanota.com posteo.de mailbox.org fastmail.com"
    " hey.com zoho.com zohomail.com qq.com 163.com 126.com sina.com foxmail.com naver.com daum.net hanmail.net"
    " orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it tiscali.it virgilio.it alice.it tin.it telenet.be"
    " skynet.be ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl bluewin.ch hispeed.ch uol.com.br bol.com.br"
    " terra.com.br ig.com.br seznam.cz centrum.cz wp.pl onet.pl o2.pl interia.pl abv.bg ukr.net sky.com"
    " talktalk.net btinternet.com virginmedia.com ntlworld.com comcast.net verizon.net"
    " att.net sbcglobal.net bellsouth.net cox.net charter.net"
    " earthlink.net juno.com optonline.net shaw.ca rogers.com sympatico.ca telus.net bigpond.com optusnet.com.au"
    " rediffmail.com mailinator.com guerrillamail.com 10minutemail.com yopmail.com"
)
PLACES = (
    "amazon.com amazon.de amazon.co.uk amazon.fr ebay.com ebay.de ebay.co.uk etsy.com alibaba.com aliexpress.com"
    " walmart.com mercadolivre.com.br mercadolibre.com rakuten.com zalando.com shopify.com myshopify.com wordpress.com"
    " wixsite.com wix.com squarespace.com weebly.com blogspot.com blogger.com medium.com substack.com webflow.io"
    " github.io netlify.app vercel.app herokuapp.com azurewebsites.net godaddysites.com jimdo.com jimdosite.com"
    " facebook.com fb.com instagram.com linkedin.com twitter.com x.com youtube.com tiktok.com pinterest.com xing.com"
    " google.com sites.google.com goo.gl bit.ly linktr.ee yelp.com crunchbase.com wikipedia.org g.page about.me"
    " example.com example.org example.net test.com localhost"
)
SHARED_DOMAINS = frozenset((*MAIL.split(), *PLACES.split()))


def own_domains(domains: Series) -> Series:
    """The domains that name one firm; shared ones are missing."""
    return domains.where(~domains.isin(SHARED_DOMAINS))
