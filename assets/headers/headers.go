// Package headers holds how the columns of spreadsheets are called in practice. It is data: nothing is read or
// decided here.
//
// works.json, judges.json and units.json give for each field the words that surely mean it and those that loosely do
// ("姓名" means the author where nothing else does); roles.json parts compound headers ("指导老师联系电话") into whose and what;
// variants.json maps traditional characters to simplified ones, position by position. All spellings are compared
// folded: without spaces, brackets, numbering and colons.
package headers

import _ "embed"

// Works, Judges, Units, Roles and Variants are JSON documents; package sheet gives them their types.
var (
	//go:embed works.json
	Works []byte
	//go:embed judges.json
	Judges []byte
	//go:embed units.json
	Units []byte
	//go:embed roles.json
	Roles []byte
	//go:embed variants.json
	Variants []byte
)
