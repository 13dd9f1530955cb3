// SPDX-License-Identifier: MIT
#include "engine/facts/schema/dialect.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace assay::facts {

namespace {

/// Where a hint was found; the lower, the stronger.
enum class Tier {
  url_in_code,
  alembic_ini,
  environment_file,
  compose_file,
  driver,
  dialect_import,
  dialect_sql,
  in_memory,
  readme
};

struct Hint {
  Tier tier = Tier::readme;
  Dialect dialect = Dialect::unknown;
  Evidence evidence;
};

std::string_view file_name(std::string_view path)
{
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// A URL that leads nowhere by itself: a prefix that is compared or replaced, Alembic's
/// placeholder.
bool is_placeholder(std::string_view url)
{
  return url.ends_with("://") || url.find("driver://") != std::string_view::npos;
}

bool is_in_memory(std::string_view url)
{
  const auto scheme = url.find("://");
  const std::string_view rest =
    scheme == std::string_view::npos ? std::string_view() : url.substr(scheme + 3);
  return url.starts_with("sqlite")
         && (rest.empty() || rest == "/" || rest.find(":memory:") != std::string_view::npos);
}

class DialectReader {
public:
  DialectReader(const ImportIndex& index, const std::vector<Requirement>& requirements)
    : index_(index),
      program_(index.program()),
      requirements_(requirements)
  {
  }

  DialectReading read()
  {
    code();
    configuration();
    drivers();
    std::ranges::stable_sort(hints_, {}, &Hint::tier);
    DialectReading reading;
    reading.dialect = decide();
    for (const Hint& hint : hints_) {
      constexpr std::size_t k_max_evidence = 8; // what a report can show
      if (hint.dialect == reading.dialect && reading.evidence.size() < k_max_evidence) {
        reading.evidence.push_back(hint.evidence);
      }
    }
    return reading;
  }

private:
  void add(Tier tier, Dialect dialect, Location where, std::string note)
  {
    if (dialect != Dialect::unknown) {
      hints_.push_back({tier, dialect, {std::move(where), std::move(note)}});
    }
  }

  void code()
  {
    for (const ModuleInfo* module : program_.modules()) {
      const bool counts = module->role == FileRole::graded || module->role == FileRole::migration
                          || module->role == FileRole::configuration;
      if (!counts) {
        continue;
      }
      for (const syntax::Expr& expression : module->syntax->expressions) {
        using syntax::ExprKind;
        if (expression.kind == ExprKind::string || expression.kind == ExprKind::format_string) {
          literal(*module, expression);
        } else if (expression.kind == ExprKind::name && expression.text == "PostgresDsn") {
          add(Tier::url_in_code,
              Dialect::postgresql,
              program_.locate(*module, expression.span),
              "PostgresDsn setting");
        }
      }
      if (module->role == FileRole::graded) {
        imports(*module);
      }
    }
  }

  void literal(const ModuleInfo& module, const syntax::Expr& expression)
  {
    const std::string_view text = expression.text;
    constexpr std::array<std::string_view, 8> k_driver_names = {"postgresql",
                                                                "postgresql+psycopg2",
                                                                "postgresql+psycopg",
                                                                "postgresql+asyncpg",
                                                                "mysql+pymysql",
                                                                "mysql+mysqlclient",
                                                                "sqlite+aiosqlite",
                                                                "mysql+aiomysql"};
    if (std::ranges::find(k_driver_names, text) != k_driver_names.end()
        && text.find('+') != std::string_view::npos) {
      add(Tier::url_in_code,
          dialect_of_url(std::string(text) + "://x"),
          program_.locate(module, expression.span),
          "driver name");
    } else if (text.size() < 400 && dialect_of_url(text) != Dialect::unknown
               && !(is_placeholder(text) && !text.starts_with("sqlite"))) {
      add(is_in_memory(text) ? Tier::in_memory : Tier::url_in_code,
          dialect_of_url(text),
          program_.locate(module, expression.span),
          "database URL in code");
    } else if (text.starts_with("django.db.backends.")) {
      const std::string_view backend = text.substr(19);
      add(Tier::url_in_code,
          dialect_of_url(std::string(backend) + "://x"),
          program_.locate(module, expression.span),
          "database setting");
    }
  }

  void imports(const ModuleInfo& module)
  {
    for (const std::string& name : foreign_imports(index_, module)) {
      constexpr std::string_view k_prefix = "sqlalchemy.dialects.";
      if (name.starts_with(k_prefix)) {
        std::string_view dialect = std::string_view(name).substr(k_prefix.size());
        dialect = dialect.substr(0, dialect.find('.'));
        add(Tier::dialect_import,
            dialect_of_url(std::string(dialect) + "://x"),
            import_line(module, name),
            "dialect import");
      } else if (name == "sqlite3" || name == "aiosqlite") {
        add(Tier::dialect_import, Dialect::sqlite, import_line(module, name), "driver import");
      } else if (name.starts_with("psycopg") || name == "asyncpg") {
        add(Tier::dialect_import, Dialect::postgresql, import_line(module, name), "driver import");
      } else if (name == "pymysql" || name == "MySQLdb" || name.starts_with("mysql.")) {
        add(Tier::dialect_import, Dialect::mysql, import_line(module, name), "driver import");
      }
    }
    if (module.syntax->source->find("from sqlalchemy.dialects import postgresql")
        != std::string::npos) {
      add(Tier::dialect_import,
          Dialect::postgresql,
          import_line(module, "sqlalchemy.dialects"),
          "dialect import");
    }
  }

  Location import_line(const ModuleInfo& module, std::string_view name) const
  {
    const std::string& source = *module.syntax->source;
    const auto at = source.find(name);
    const auto upto = std::string_view(source).substr(0, at == std::string::npos ? 0 : at);
    const int line = static_cast<int>(std::ranges::count(upto, '\n')) + 1;
    syntax::Span span;
    span.line = line;
    span.column = 1;
    span.end_line = line;
    return program_.locate(module, span);
  }

  static bool is_configuration(std::string_view path)
  {
    const std::string_view name = file_name(path);
    return name.ends_with(".ini") || name.starts_with(".env") || name.ends_with(".env")
           || name.starts_with("env.") || name.starts_with(".flaskenv") || is_compose(path)
           || name.starts_with("README") || name.starts_with("readme") || name.ends_with(".toml")
           || name.ends_with(".cfg") || name.ends_with(".sql")
           || ((name.ends_with(".yml") || name.ends_with(".yaml"))
               && name.find("config") != std::string_view::npos);
  }

  static bool is_compose(std::string_view path)
  {
    const std::string_view name = file_name(path);
    return (name.find("compose") != std::string_view::npos)
           && (name.ends_with(".yml") || name.ends_with(".yaml"));
  }

  static Tier tier_of(std::string_view path)
  {
    const std::string_view name = file_name(path);
    if (to_lower(name).starts_with("readme")) {
      return Tier::readme;
    }
    if (is_compose(path)) {
      return Tier::compose_file;
    }
    return name.ends_with(".ini")   ? Tier::alembic_ini
           : name.ends_with(".sql") ? Tier::dialect_sql
                                    : Tier::environment_file;
  }

  void configuration()
  {
    for (const auto& [path, blob] : program_.snapshot().files) {
      constexpr std::size_t k_max_bytes = 1U << 20U; // configuration files have a few kilobytes
      if (!blob.content || blob.content->size() > k_max_bytes || !is_configuration(path)
          || is_vendored(path)) {
        continue;
      }
      const std::string text = decode(*blob.content).text;
      const Tier tier = tier_of(path);
      int line = 0;
      for (const std::string_view content : split(text, '\n')) {
        ++line;
        configuration_line(
          tier, content, {path, line, 1, line, printable(trim(content)).substr(0, 200)});
      }
    }
  }

  void configuration_line(Tier tier, std::string_view content, const Location& where)
  {
    const std::string_view line = trim(content);
    if (tier != Tier::readme
        && (line.starts_with('#') || line.starts_with(';') || line.starts_with("--"))) {
      return;
    }
    if (tier == Tier::dialect_sql) {
      dialect_sql(line, where);
      return;
    }
    for (const std::string_view scheme :
         {"postgresql", "postgres", "sqlite", "mysql", "mariadb", "mssql"}) {
      for (auto at = line.find(scheme); at != std::string_view::npos;
           at = line.find(scheme, at + scheme.size())) {
        const std::string_view url = line.substr(at);
        const bool starts = at == 0 || !std::isalnum(static_cast<unsigned char>(line[at - 1]));
        if (starts && dialect_of_url(url) != Dialect::unknown) {
          add(tier, dialect_of_url(url), where, "database URL");
          return;
        }
      }
    }
    if (tier == Tier::compose_file) {
      compose_line(line, where);
    } else if (tier == Tier::environment_file
               && (line.starts_with("POSTGRES_") || line.starts_with("PGHOST"))) {
      add(tier, Dialect::postgresql, where, "database setting");
    } else if (tier == Tier::environment_file && line.starts_with("MYSQL_")) {
      add(tier, Dialect::mysql, where, "database setting");
    } else if (tier == Tier::readme) {
      readme_line(line, where);
    }
  }

  void compose_line(std::string_view line, const Location& where)
  {
    if (!line.starts_with("image:")) {
      return;
    }
    const std::string image = to_lower(line);
    const Dialect dialect =
      image.find("postgres") != std::string::npos || image.find("postgis") != std::string::npos
        ? Dialect::postgresql
      : image.find("mysql") != std::string::npos || image.find("mariadb") != std::string::npos
        ? Dialect::mysql
        : Dialect::unknown;
    add(Tier::compose_file, dialect, where, "database service");
  }

  void readme_line(std::string_view line, const Location& where)
  {
    const std::string lower = to_lower(line);
    constexpr auto k_names =
      std::to_array<std::pair<std::string_view, Dialect>>({{"postgres", Dialect::postgresql},
                                                           {"sqlite", Dialect::sqlite},
                                                           {"mysql", Dialect::mysql},
                                                           {"mariadb", Dialect::mysql}});
    for (const auto& [name, dialect] : k_names) {
      if (lower.find(name) != std::string::npos) {
        add(Tier::readme, dialect, where, "named in the README");
      }
    }
  }

  void dialect_sql(std::string_view line, const Location& where)
  {
    const std::string upper = to_lower(line);
    for (const std::string_view word :
         {"serial", "timestamptz", "jsonb", "::text", "gen_random_uuid", "create extension"}) {
      if (upper.find(word) != std::string::npos) {
        add(Tier::dialect_sql, Dialect::postgresql, where, "SQL of PostgreSQL");
        return;
      }
    }
    if (upper.find("auto_increment") != std::string::npos
        || upper.find("engine=innodb") != std::string::npos) {
      add(Tier::dialect_sql, Dialect::mysql, where, "SQL of MySQL");
    } else if (upper.find("autoincrement") != std::string::npos) {
      add(Tier::dialect_sql, Dialect::sqlite, where, "SQL of SQLite");
    }
  }

  void drivers()
  {
    constexpr auto k_drivers = std::to_array<std::pair<std::string_view, Dialect>>({
      {"psycopg2", Dialect::postgresql},
      {"psycopg2-binary", Dialect::postgresql},
      {"psycopg", Dialect::postgresql},
      {"psycopg-binary", Dialect::postgresql},
      {"asyncpg", Dialect::postgresql},
      {"pg8000", Dialect::postgresql},
      {"pymysql", Dialect::mysql},
      {"mysqlclient", Dialect::mysql},
      {"mysql-connector-python", Dialect::mysql},
      {"aiomysql", Dialect::mysql},
      {"asyncmy", Dialect::mysql},
      {"aiosqlite", Dialect::sqlite},
      {"oracledb", Dialect::other},
      {"cx-oracle", Dialect::other},
      {"pyodbc", Dialect::other},
    });
    for (const Requirement& requirement : requirements_) {
      const auto* const found = std::ranges::find(
        k_drivers, requirement.name, &std::pair<std::string_view, Dialect>::first);
      if (found != k_drivers.end() && !requirement.locked) {
        add(Tier::driver, found->second, requirement.where, "database driver");
      }
    }
  }

  /// The strongest tier decides; where it names several, those that weaker tiers name too, then the
  /// server.
  [[nodiscard]] Dialect decide() const
  {
    std::vector<Dialect> open;
    for (std::size_t i = 0; i < hints_.size();) {
      std::vector<Dialect> named;
      const Tier tier = hints_[i].tier;
      for (; i < hints_.size() && hints_[i].tier == tier; ++i) {
        if (std::ranges::find(named, hints_[i].dialect) == named.end()) {
          named.push_back(hints_[i].dialect);
        }
      }
      if (!open.empty()) {
        std::erase_if(
          named, [&](Dialect dialect) { return std::ranges::find(open, dialect) == open.end(); });
      }
      if (named.size() == 1) {
        return named.front();
      }
      open = named.empty() ? open : named;
    }
    if (open.empty()) {
      return Dialect::unknown;
    }
    const auto server =
      std::ranges::find_if(open, [](Dialect dialect) { return dialect != Dialect::sqlite; });
    return server == open.end() ? open.front() : *server;
  }

  const ImportIndex& index_;
  const Program& program_;
  const std::vector<Requirement>& requirements_;
  std::vector<Hint> hints_;
};

} // namespace

Dialect dialect_of_url(std::string_view text)
{
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) {
    return Dialect::unknown;
  }
  const std::string scheme = to_lower(text.substr(0, scheme_end));
  const std::string_view backend = std::string_view(scheme).substr(0, scheme.find('+'));
  constexpr auto k_backends = std::to_array<std::pair<std::string_view, Dialect>>({
    {"postgresql", Dialect::postgresql},
    {"postgres", Dialect::postgresql},
    {"sqlite", Dialect::sqlite},
    {"sqlite3", Dialect::sqlite},
    {"mysql", Dialect::mysql},
    {"mariadb", Dialect::mysql},
    {"mssql", Dialect::other},
    {"oracle", Dialect::other},
    {"cockroachdb", Dialect::postgresql},
  });
  const auto* const found =
    std::ranges::find(k_backends, backend, &std::pair<std::string_view, Dialect>::first);
  return found == k_backends.end() ? Dialect::unknown : found->second;
}

DialectReading read_dialect(const ImportIndex& imports,
                            const std::vector<Requirement>& requirements)
{
  return DialectReader(imports, requirements).read();
}

} // namespace assay::facts
