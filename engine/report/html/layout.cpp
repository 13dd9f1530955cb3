// SPDX-License-Identifier: MIT
#include "engine/report/html/layout.hpp"

#include <fmt/format.h>
#include <graphviz/gvc.h>

#include <memory>
#include <sstream>
#include <string>

extern "C" {
extern gvplugin_library_t gvplugin_core_LTX_library;
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
}

namespace assay::report::html {

namespace {

constexpr double k_pixels_per_inch = 72;

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

struct CloseContext {
  void operator()(GVC_t* context) const { gvFreeContext(context); }
};

using Graph = std::unique_ptr<Agraph_t, CloseGraph>;
using Context = std::unique_ptr<GVC_t, CloseContext>;

/// Graphviz takes text that it does not change as `char*`.
struct Word {
  explicit Word(std::string text)
    : bytes(std::move(text))
  {
  }

  operator char*() { return bytes.data(); } // NOLINT(google-explicit-constructor)

  std::string bytes;
};

void describe(Agraph_t* graph, const std::vector<Box>& boxes, const std::vector<Link>& links)
{
  const auto preset = [&](int kind, const char* name, const char* value) {
    agattr(graph, kind, Word(name), Word(value));
  };
  preset(AGRAPH, "rankdir", "LR");
  preset(AGRAPH, "ranksep", "0.9");
  preset(AGRAPH, "nodesep", "0.35");
  preset(AGEDGE, "dir", "none"); // arrow heads would shorten the lines
  preset(AGEDGE, "minlen", "1");
  preset(AGNODE, "shape", "box");
  preset(AGNODE, "fixedsize", "true");
  preset(AGNODE, "label", "");
  preset(AGNODE, "width", "1");
  preset(AGNODE, "height", "1");
  std::vector<Agnode_t*> nodes;
  for (const Box& box : boxes) {
    nodes.push_back(agnode(graph, Word(fmt::format("b{}", nodes.size())), 1));
    agset(nodes.back(), Word("width"), Word(fmt::format("{:.3f}", box.width / k_pixels_per_inch)));
    agset(
      nodes.back(), Word("height"), Word(fmt::format("{:.3f}", box.height / k_pixels_per_inch)));
  }
  for (std::size_t i = 0; i < links.size(); ++i) {
    Agedge_t* edge =
      agedge(graph, nodes[links[i].from], nodes[links[i].to], Word(fmt::format("l{}", i)), 1);
    if (links[i].labelled) {
      agset(edge, Word("minlen"), Word("2"));
    }
  }
}

std::size_t index_of(const std::string& name)
{
  return static_cast<std::size_t>(std::stoul(name.substr(1)));
}

/// Reads the format "plain": inches, y upwards.
void read_plain(std::istream& plain, Layout& layout)
{
  const auto spot = [&] {
    Spot at;
    plain >> at.x >> at.y;
    return Spot{at.x * k_pixels_per_inch, layout.height - at.y * k_pixels_per_inch};
  };
  std::string rest;
  for (std::string word; plain >> word && word != "stop";) {
    if (word == "graph") {
      plain >> word >> layout.width >> layout.height;
      layout.width *= k_pixels_per_inch;
      layout.height *= k_pixels_per_inch;
    } else if (word == "node") {
      plain >> word;
      layout.boxes.at(index_of(word)).centre = spot();
    } else if (word == "edge") {
      std::string from;
      std::string to;
      std::size_t points = 0;
      plain >> from >> to >> points;
      std::vector<Spot> spline;
      for (std::size_t i = 0; i < points && plain; ++i) {
        spline.push_back(spot());
      }
      for (Link& link : layout.links) {
        if (link.spline.empty() && link.from == index_of(from) && link.to == index_of(to)) {
          link.spline = std::move(spline);
          break;
        }
      }
    }
    std::getline(plain, rest);
  }
}

} // namespace

std::optional<Layout> placed(std::vector<Box> boxes, std::vector<Link> links)
{
  lt_symlist_t plugins[] = {{"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
                            {"gvplugin_core_LTX_library", &gvplugin_core_LTX_library},
                            {nullptr, nullptr}};
  const Context context(gvContextPlugins(plugins, 0));
  const Graph graph(agopen(Word("schema"), Agdirected, nullptr));
  if (!context || !graph) {
    return std::nullopt;
  }
  describe(graph.get(), boxes, links);
  if (gvLayout(context.get(), graph.get(), "dot") != 0) {
    return std::nullopt;
  }
  char* bytes = nullptr;
  unsigned int length = 0;
  const int refused = gvRenderData(context.get(), graph.get(), "plain", &bytes, &length);
  const std::string text(refused == 0 && bytes != nullptr ? bytes : "", refused == 0 ? length : 0);
  gvFreeRenderData(bytes);
  gvFreeLayout(context.get(), graph.get());
  if (text.empty()) {
    return std::nullopt;
  }
  Layout layout{0, 0, std::move(boxes), std::move(links)};
  std::istringstream plain(text);
  read_plain(plain, layout);
  return layout;
}

} // namespace assay::report::html
