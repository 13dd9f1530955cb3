// SPDX-License-Identifier: MIT
// Decisions that the candidate states in words: what happens to comments of a deleted user, whether
// guests may comment. English, Spanish and Portuguese.
#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/extract.hpp"
#include "engine/facts/migration/paths.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::facts {

namespace {

/// A sentence states `topic` when it holds a word of each group and none of `never`.
struct Topic {
  std::string_view topic;
  std::array<std::string_view, 3>
    groups; ///< alternatives separated by '|'; an empty group holds for any sentence
  std::string_view never;
};

constexpr std::string_view k_delete = "delet|remov|borra|elimin|exclu|apag|drop";

constexpr std::array<Topic, 12> k_topics{{
  {"soft_delete",
   {"soft delete|soft-delete|soft deletion|softdelete|soft-deletion|borrado logico|borrado "
    "lógico|exclusão lógica|exclusao logica|"
    "eliminación lógica|eliminacion logica|deleted_at|is_deleted"},
   "no soft|without soft|sin borrado|sem exclusão|not implement|no implement"},
  {"soft_delete",
   {"never physically|not physically|marked as deleted|flagged as deleted|marcados como "
    "eliminad|marcado como eliminad|"
    "marcados como excluíd|marcado como excluíd|marked deleted"},
   {}},
  {"guest_comments",
   {"guest|anonymous|unregistered|without an account|without account|not logged "
    "in|visitor|invitado|anónim|anonim|visitante|convidado|"
    "sin cuenta|sem conta|sin registr|sem cadastro",
    "comment|coment|repl|respuesta|respost"},
   "deleted user|cannot|can not|must not|may not|no pueden|não "
   "podem|anonymis|anonymiz|anonimiz|only registered|not allowed"},
  {"guest_comments",
   {"comments have no author account|comments carry only a name|comments have no user|los "
    "comentarios no tienen usuario|"
    "os comentários não têm usuário"},
   {}},
  {"set_null", {"set null|set-null"}, "no set null|not set null"},
  {"set_null",
   {"null|orphaned|huérfan|huerfan|órfã",
    "stay|keep|kept|remain|survive|queda|conserva|mantien|permanec|ficam|mantid|mantêm",
    k_delete},
   "not null|no orphan|never null"},
  {"anonymise",
   {"anonymis|anonymiz|anonimiz|deleted user|usuario eliminado|usuário excluído|usuário "
    "removido|ghost user"},
   {}},
  {"restrict", {"on delete restrict|ondelete restrict|ondelete=restrict"}, {}},
  {"restrict",
   {"cannot be deleted|can't be deleted|can not be deleted|must not be deleted|may not be "
    "deleted|refuses to delete|no se puede borrar|"
    "no se puede eliminar|no se pueden borrar|no pueden borrarse|não pode ser excluíd|não pode ser "
    "removid|não podem ser excluíd|"
    "deleting is refused|deletion is refused|prevents deleting|prevent deletion|prevents deletion"},
   {}},
  {"cascade",
   {"on delete cascade|delete-orphan|ondelete cascade|cascade delete|cascades to|borrado en "
    "cascada|exclusão em cascata|delete cascade|"
    "deletes cascade"},
   "no cascade|not cascade|sin cascada|sem cascata"},
  {"cascade",
   {"deletes its|deletes their|delete its|removes its|removed together|deleted together|deleted "
    "with|removed with|borra también|"
    "también se borran|se eliminan sus|elimina sus|exclui seus|remove seus|apaga seus"},
   "does not|do not|never|no borra|não "},
  {"registered_comments",
   {"only registered users can comment|only registered users may comment|solo usuarios "
    "registrados|apenas usuários cadastrados"},
   {}},
}};

bool holds_any(std::string_view sentence, std::string_view alternatives)
{
  return std::ranges::any_of(split(alternatives, '|'), [&](std::string_view word) {
    return sentence.find(word) != std::string_view::npos;
  });
}

bool states(std::string_view sentence, const Topic& topic)
{
  const auto holds = [&](std::string_view group) {
    return group.empty() || holds_any(sentence, group);
  };
  return std::ranges::all_of(topic.groups, holds)
         && (topic.never.empty() || !holds_any(sentence, topic.never));
}

bool is_documentation(std::string_view path)
{
  const std::string name = to_lower(file_name_of(path));
  const bool text = name.ends_with(".md") || name.ends_with(".rst") || name.ends_with(".txt")
                    || name.ends_with(".adoc") || name.find('.') == std::string::npos;
  constexpr std::array<std::string_view, 9> k_names = {
    "readme", "design", "decisions", "notes", "architecture", "leeme", "leiame", "notas", "adr"};
  const bool named =
    std::ranges::any_of(k_names, [&](auto start) { return name.starts_with(start); });
  return text && (named || path.starts_with("docs/") || path.starts_with("doc/"));
}

/// Sentences of a text, each with the line it begins on; paragraphs, list items and table rows end
/// sentences.
class Sentences {
public:
  struct Sentence {
    std::string text; ///< lower case, one space between words
    int line = 1;
  };

  static std::vector<Sentence> of(std::string_view text)
  {
    Sentences reader;
    int number = 0;
    for (const std::string_view line : split(text, '\n')) {
      ++number;
      const std::string_view content = trim(line);
      if (content.empty() || starts_item(content)) {
        reader.finish();
      }
      reader.add(content, number);
    }
    reader.finish();
    return std::move(reader.sentences_);
  }

private:
  static bool starts_item(std::string_view line)
  {
    return line.starts_with("- ") || line.starts_with("* ") || line.starts_with("#")
           || line.starts_with("|") || line.starts_with("+ ")
           || (line.size() > 2 && line[0] >= '0' && line[0] <= '9' && line[1] == '.');
  }

  void add(std::string_view content, int number)
  {
    for (std::size_t i = 0; i < content.size(); ++i) {
      if (current_.empty()) {
        line_ = number;
      }
      current_ += content[i];
      const bool ends = (content[i] == '.' || content[i] == '!' || content[i] == '?')
                        && (i + 1 == content.size() || content[i + 1] == ' ');
      if (ends) {
        finish();
      }
    }
    if (!current_.empty()) {
      current_ += ' ';
    }
  }

  void finish()
  {
    if (!trim(current_).empty()) {
      sentences_.push_back({to_lower(trim(current_)), line_});
    }
    current_.clear();
  }

  std::vector<Sentence> sentences_;
  std::string current_;
  int line_ = 1;
};

void read_document(const std::string& path,
                   std::string_view text,
                   std::vector<ReadmeStatement>& statements)
{
  const auto lines = split(text, '\n');
  for (const Sentences::Sentence& sentence : Sentences::of(text)) {
    for (const Topic& topic : k_topics) {
      if (!states(sentence.text, topic)) {
        continue;
      }
      const std::string_view line = trim(lines[static_cast<std::size_t>(sentence.line - 1)]);
      ReadmeStatement statement{
        std::string(topic.topic),
        {path, sentence.line, 1, sentence.line, std::string(line.substr(0, 200))}};
      if (std::ranges::find(statements, statement) == statements.end()) {
        statements.push_back(std::move(statement));
      }
    }
  }
}

} // namespace

std::vector<ReadmeStatement> read_readme(const Snapshot& snapshot)
{
  std::vector<ReadmeStatement> statements;
  for (const auto& [path, blob] : snapshot.files) {
    if (!is_documentation(path) || is_vendored(path)) {
      continue;
    }
    if (const auto text = text_of_file(snapshot, path)) {
      read_document(path, *text, statements);
    }
  }
  return statements;
}

} // namespace assay::facts
