// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "tests/support/catch.hpp"

using namespace assay;

namespace {

struct Row {
  std::string plural;
  std::string expected;
};

} // namespace

TEST_CASE("English plurals of table names become singular")
{
  const auto row = GENERATE(values<Row>({{"users", "user"},
                                         {"posts", "post"},
                                         {"comments", "comment"},
                                         {"tags", "tag"},
                                         {"categories", "category"},
                                         {"stories", "story"},
                                         {"replies", "reply"},
                                         {"entries", "entry"},
                                         {"classes", "class"},
                                         {"statuses", "status"},
                                         {"addresses", "address"},
                                         {"buses", "bus"},
                                         {"aliases", "alias"},
                                         {"boxes", "box"},
                                         {"branches", "branch"},
                                         {"dishes", "dish"},
                                         {"articles", "article"},
                                         {"likes", "like"},
                                         {"movies", "movie"},
                                         {"people", "person"},
                                         {"children", "child"},
                                         {"stores", "store"},
                                         {"scores", "score"},
                                         {"houses", "house"},
                                         {"courses", "course"},
                                         {"databases", "database"},
                                         {"authors", "author"},
                                         {"ids", "id"},
                                         {"bookshelves", "bookshelf"},
                                         {"photos", "photo"},
                                         {"topics", "topic"},
                                         {"roles", "role"},
                                         {"ties", "tie"},
                                         {"taxes", "tax"},
                                         {"matrices", "matrix"},
                                         {"tokens", "token"}}));
  CAPTURE(row.plural);
  CHECK(singular(row.plural) == row.expected);
}

TEST_CASE("Spanish plurals of table names become singular")
{
  const auto row = GENERATE(values<Row>({{"usuarios", "usuario"},
                                         {"publicaciones", "publicacion"},
                                         {"articulos", "articulo"},
                                         {"art\xc3\xad"
                                          "culos",
                                          "art\xc3\xad"
                                          "culo"},
                                         {"comentarios", "comentario"},
                                         {"etiquetas", "etiqueta"},
                                         {"entradas", "entrada"},
                                         {"mensajes", "mensaje"},
                                         {"autores", "autor"},
                                         {"moderadores", "moderador"},
                                         {"sesiones", "sesion"},
                                         {"imagenes", "imagen"},
                                         {"niveles", "nivel"},
                                         {"categorias", "categoria"},
                                         {"paises", "pais"}}));
  CAPTURE(row.plural);
  CHECK(singular(row.plural) == row.expected);
}

TEST_CASE("Portuguese plurals of table names become singular")
{
  const auto row = GENERATE(values<Row>({{"postagens", "postagem"},
                                         {"mensagens", "mensagem"},
                                         {"imagens", "imagem"},
                                         {"publicacoes", "publicacao"},
                                         {"publica\xc3\xa7\xc3\xb5"
                                          "es",
                                          "publica\xc3\xa7\xc3\xa3o"},
                                         {"avaliacoes", "avaliacao"},
                                         {"comentarios", "comentario"},
                                         {"coment\xc3\xa1rios", "coment\xc3\xa1rio"},
                                         {"marcadores", "marcador"},
                                         {"etiquetas", "etiqueta"},
                                         {"rotulos", "rotulo"},
                                         {"artigos", "artigo"},
                                         {"usuarios", "usuario"},
                                         {"itens", "item"},
                                         {"canais", "canal"},
                                         {"papeis", "papel"}}));
  CAPTURE(row.plural);
  CHECK(singular(row.plural) == row.expected);
}

TEST_CASE("Words that are singular already stay as they are")
{
  const auto* word = GENERATE("status",
                              "news",
                              "address",
                              "bus",
                              "series",
                              "class",
                              "alias",
                              "analysis",
                              "user",
                              "post",
                              "comentario",
                              "publicacion",
                              "postagem",
                              "campus",
                              "access",
                              "species",
                              "dns",
                              "gps",
                              "canvas",
                              "s",
                              "",
                              "this",
                              "tennis",
                              "person",
                              "history",
                              "corpus");
  CAPTURE(word);
  CHECK(singular(word) == word);
}

TEST_CASE("A singular form is not shortened again")
{
  const auto* word = GENERATE("users",
                              "categories",
                              "statuses",
                              "classes",
                              "publicaciones",
                              "postagens",
                              "autores",
                              "buses",
                              "boxes",
                              "publicacoes",
                              "movies");
  CAPTURE(word);
  CHECK(singular(singular(word)) == singular(word));
}
