import os


def url_base_de_datos() -> str:
    """URL de conexión; obligatoria, no hay valor por defecto a propósito."""
    try:
        return os.environ["DATABASE_URL"]
    except KeyError:
        raise RuntimeError("Falta la variable de entorno DATABASE_URL") from None
