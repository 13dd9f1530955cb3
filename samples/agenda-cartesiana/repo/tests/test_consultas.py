"""As consultas são testadas com um dublê de sessão."""
from unittest.mock import MagicMock

from agenda.consultas import mural, postagens_por_usuario


def test_postagens_por_usuario():
    sessao = MagicMock()
    sessao.scalars.return_value.all.return_value = ["p1", "p2"]
    assert postagens_por_usuario(sessao, "ana") == ["p1", "p2"]
    sessao.scalars.assert_called_once()


def test_mural_uma_chamada():
    sessao = MagicMock()
    mural(sessao)
    assert sessao.scalars.call_count == 1  # sem N+1
