package collect

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/propose"
)

// How sure it is from whom a parcel came.
const (
	FromRequest = "said"   // somebody said so
	FromList    = "listed" // what came names a unit of the list, or another name by which that goes
	FromRows    = "rows"   // all works that came are by authors of it
	FromFile    = "file"   // only the name of a file does
	FromSheet   = "named"  // what came names a unit; no list does
	FromNobody  = "nobody" // it names none, or several
)

// Certain is the confidence below which a person says from whom a parcel is.
const Certain = 0.8

// How sure it is by what a unit of the list was found: by its own name, by another that it goes by, by the authors of
// all works, whom somebody else may have sent along, by the name of a file alone, which people type in haste, and by
// names that are like it. The figures order the cases and put each above
// or below Certain; they are no frequencies.
const (
	sureListed = 1
	sureAlias  = 0.95
	sureRows   = 0.9
	sureFile   = 0.85
)

var sureLike = map[string]float64{
	correction.LikeSpelling: 0.75, correction.LikePlace: 0.7, correction.LikeLetter: 0.6, correction.LikeShort: 0.5,
}

// Percent is the confidence in whole percent.
func (p Parcel) Percent() int { return int(math.Round(p.Confidence * 100)) }

// recognise finds out from whom a parcel came: by what somebody said, by what its lists name, by the names of its
// files.
func (p *Parcel) recognise(register records.UnitRegister, got intake.ImportReport, said string) {
	p.Unit, p.Sure = said, FromRequest
	byFile := false
	if said == "" {
		p.Sure = FromSheet
		p.Unit, byFile = senderOf(got)
		if unit := authorsUnit(got); p.Unit == "" && unit != "" && namedIn(p.Sources, register) == "" {
			p.Unit, p.Sure = unit, FromRows
		}
	}
	if listed, ok := register.Find(p.Unit); ok {
		was := p.Unit
		p.Unit, p.Confidence = register.Now(listed), sureListed
		if judging.Fold(was) != judging.Fold(p.Unit) {
			p.Confidence = sureAlias
		}
		switch {
		case said != "":
			p.Confidence = 1
		case p.Sure == FromRows:
			p.Confidence = sureRows
		case byFile:
			p.Sure, p.Confidence = FromFile, sureFile
		default:
			p.Sure = FromList
		}
		return
	}
	if p.Unit == "" {
		if p.Unit = namedIn(p.Sources, register); p.Unit != "" {
			p.Sure, p.Confidence = FromFile, sureFile
			return
		}
		p.Sure = FromNobody
		return
	}
	if l, unit, like := correction.MatchUnit(p.Unit, register.Names()); like {
		p.Like, p.Kind, p.Confidence = unit, l.Kind, sureLike[l.Kind]
	}
	if said != "" || !register.Some() { // there is nothing to be compared with
		p.Confidence = 1
	}
}

// senderOf is the unit that all lists of a parcel name as their sender, and whether only names of files and folders do;
// "" where they name none, or several.
func senderOf(got intake.ImportReport) (unit string, byFile bool) {
	units := slices.Clone(got.Senders)
	byFile = len(units) == 0
	for _, m := range got.Mappings {
		said := cmp.Or(m.Defaults[field.Sender], m.Defaults[field.Unit])
		same := func(u string) bool { return judging.Fold(u) == judging.Fold(said) }
		if said != "" && !slices.ContainsFunc(units, same) {
			units = append(units, said)
		}
		byFile = byFile && (said == "" || slices.ContainsFunc(m.Proposals, func(x propose.Proposal) bool {
			return x.Value == said && (x.From == propose.FromFile || x.From == propose.FromFolder)
		}))
	}
	if len(units) == 1 {
		return units[0], byFile
	}
	return "", false
}

// others are the senders that what came names besides the unit that it is taken for.
func others(unit string, got intake.ImportReport, register records.UnitRegister) []string {
	now := func(name string) string {
		if listed, ok := register.Find(name); ok {
			name = register.Now(listed)
		}
		return name
	}
	named := slices.Clone(got.Senders)
	for _, r := range got.Rows {
		named = append(named, r.Sender)
	}
	var out []string
	for _, name := range named {
		name = now(judging.Tidy(name))
		same := func(had string) bool { return judging.Fold(had) == judging.Fold(name) }
		if name != "" && unit != "" && !same(now(unit)) && !slices.ContainsFunc(out, same) {
			out = append(out, name)
		}
	}
	return out
}

// authorsUnit is the unit of which all rows say that their authors are; "" where a row says none or another.
func authorsUnit(got intake.ImportReport) (unit string) {
	for i, r := range got.Rows {
		if i > 0 && judging.Fold(r.Unit) != judging.Fold(unit) {
			return ""
		}
		unit = r.Unit
	}
	return unit
}

// namedIn is the one unit of the list that the names of the files hold; "" for none and for several. A name that is
// part of another one found, as 第一小学 of 示例县第一小学, is not another unit.
func namedIn(files []string, register records.UnitRegister) string {
	var found []string
	for _, unit := range register.Names() {
		names := func(f string) bool { return strings.Contains(judging.Fold(f), judging.Fold(unit)) }
		if slices.ContainsFunc(files, names) {
			found = append(found, unit)
		}
	}
	whole := slices.DeleteFunc(slices.Clone(found), func(unit string) bool {
		return slices.ContainsFunc(found, func(other string) bool {
			return other != unit && strings.Contains(judging.Fold(other), judging.Fold(unit))
		})
	})
	if len(whole) != 1 {
		return ""
	}
	return whole[0]
}
