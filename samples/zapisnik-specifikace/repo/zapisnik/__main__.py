from zapisnik.databaze import nova_relace
from zapisnik.stranky import vykresli_titulni_stranu

if __name__ == "__main__":
    with nova_relace() as relace:
        print(vykresli_titulni_stranu(relace))
