// Package rubrics holds the bundled rules of contests, ready to be exported, edited and loaded.
package rubrics

import "embed"

// LegalCulture is the rule file of "法治文化作品征集" in TOML: categories, groups, rubrics, awards. Its weights follow
// published rubrics of county, provincial and school contests, adjusted to one scale.
//
//go:embed legal_culture.toml
var LegalCulture []byte

// Files holds the rule files of all templates, and templates.json, which says what else belongs to each.
//
//go:embed *.toml templates.json
var Files embed.FS
