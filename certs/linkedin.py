"""The address that puts a certificate into somebody's LinkedIn profile."""

from urllib.parse import urlencode

from certs.terms import Facts


def profile_address(facts: Facts) -> str:
    """Return LinkedIn's own form, filled in; nothing is sent before its reader agrees there.

    The fields are those of LinkedIn's "Add to profile" address.
    """
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": facts.achievement,
        "organizationName": facts.issuer,
        "issueYear": facts.issued_at.year,
        "issueMonth": facts.issued_at.month,
        "expirationYear": facts.expires_at.year,
        "expirationMonth": facts.expires_at.month,
        "certUrl": facts.verify_url,
        "certId": facts.serial,
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(fields)}"
