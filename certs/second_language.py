"""What stands on every certificate, in the languages that a design may add to English."""

from enum import StrEnum


class Phrase(StrEnum):
    """A phrase of the page, in English."""

    CERTIFICATE = "Certificate"
    CERTIFIES = "This is to certify that"
    AWARDED = "has been awarded"
    COVERS = "What it covers"
    LIMITS = "Its limits"
    CHECK = "Check this certificate at"
    ISSUED = "Issued"
    NUMBER = "Certificate number"
    UNTIL = "Valid until"


# In the order of the phrases.
_WORDS = {
    "de": (
        "Zertifikat", "Hiermit wird bescheinigt:", "hat erworben", "Umfang", "Grenzen",
        "Prüfen Sie dieses Zertifikat auf", "Ausgestellt am", "Zertifikatsnummer", "Gültig bis",
    ),
    "es": (
        "Certificado", "Se certifica que", "ha obtenido", "Qué abarca", "Límites",
        "Compruebe este certificado en", "Expedido el", "Número de certificado", "Válido hasta",
    ),
    "fr": (
        "Certificat", "Nous certifions que", "a obtenu", "Ce qu’il couvre", "Ses limites",
        "Vérifiez ce certificat sur", "Délivré le", "Numéro du certificat", "Valable jusqu’au",
    ),
    "it": (
        "Certificato", "Si certifica che", "ha conseguito", "Che cosa comprende", "Limiti",
        "Verificate questo certificato su", "Rilasciato il", "Numero del certificato",
        "Valido fino al",
    ),
    "nl": (
        "Certificaat", "Hierbij wordt verklaard dat", "heeft behaald", "Wat het omvat", "Grenzen",
        "Controleer dit certificaat op", "Afgegeven op", "Certificaatnummer", "Geldig tot",
    ),
    "pl": (
        "Certyfikat", "Niniejszym zaświadcza się, że", "uzyskał(a)", "Co obejmuje", "Ograniczenia",
        "Sprawdź ten certyfikat na", "Wydano", "Numer certyfikatu", "Ważny do",
    ),
    "pt": (
        "Certificado", "Certifica-se que", "obteve", "O que abrange", "Limites",
        "Verifique este certificado em", "Emitido em", "Número do certificado", "Válido até",
    ),
    "zh-Hans": (
        "证书", "兹证明", "已获得", "涵盖范围", "限制", "在此核验本证书", "签发日期", "证书编号",
        "有效期至",
    ),
}  # fmt: skip
LANGUAGES = {
    "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "zh-Hans": "Chinese (simplified)",
}  # fmt: skip
_PHRASES = {language: dict(zip(Phrase, words, strict=True)) for language, words in _WORDS.items()}


def in_language(phrase: Phrase, language: str) -> str:
    """Return the phrase in a language of `LANGUAGES`; empty where no language is asked for."""
    return _PHRASES[language][phrase] if language else ""
