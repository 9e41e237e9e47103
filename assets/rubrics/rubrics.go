// Package rubrics holds the bundled rules of contests, ready to be exported, edited and loaded.
package rubrics

import _ "embed"

// LegalCulture is the rule file of "法治文化作品征集" in TOML: categories, groups, rubrics, awards. Its weights follow
// published rubrics of county, provincial and school contests, adjusted to one scale.
//
//go:embed legal_culture.toml
var LegalCulture []byte
