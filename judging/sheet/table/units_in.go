package table

import (
	"context"
	"maps"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
)

// UnitRow is one unit as a list of units tells it, with what is wrong with it.
type UnitRow struct {
	judging.Place
	Name, Kind, Contact, Phone, Email string

	Quota    int            // the most works that the unit may send in; 0: no limit
	Quotas   map[string]int // the same of single categories, by their names; one that is missing has no limit
	Problems []judging.Problem
}

// Rejected reports whether a problem keeps the row from being a unit.
func (r UnitRow) Rejected() bool { return Fatal(r.Problems) }

// unitFields are the fields that have a place in a unit, or that nobody misses.
var unitFields = map[field.Field]bool{
	field.UnitName: true, field.UnitKind: true, field.Contact: true, field.Phone: true, field.Email: true,
	field.Quota: true, field.RowNo: true, field.Leave: true, field.Meta: true,
}

// ReadUnits reads the units of a book (单位名称 类型 联系人 电话 邮箱 限报数) as ReadJudges reads judges. Columns that units have
// no place for are named in a problem.
func ReadUnits(
	ctx context.Context, b *read.Book, opts mapping.Options, emit func(UnitRow) error,
) ([]mapping.Mapping, []judging.Problem, error) {
	rules := judging.Rules{} // a unit may be called like a category
	mappings, problems, err := readSheets(ctx, b, field.Units(), rules, opts, func(t *table, r *record) (bool, error) {
		row := t.unit(r)
		return row.Rejected(), emit(row)
	})
	for _, m := range mappings {
		kept := maps.Clone(unitFields)
		for _, c := range m.Columns {
			kept[c.Field] = kept[c.Field] || strings.HasPrefix(string(c.Field), quotaOf)
		}
		problems = append(problems, unkept(m, kept, "sheet.unit_columns")...)
	}
	return mappings, problems, err
}

// quotaOf begins the field of a column with the quotas of one category.
const quotaOf = "quota:"

// QuotaHeads says of the heads by which lists call the quota of one category (限报数：书法, 书法限报, 限报数（书法）) which category
// that is. A column that bears the name of a category alone is not taken for one: it may as well be a unit's name.
func QuotaHeads(categories []judging.Category) mapping.Correction {
	fix := mapping.Correction{Maybe: true, Columns: map[string]field.Field{}}
	for _, c := range categories {
		for _, name := range append([]string{c.Name}, c.Alias...) {
			for _, word := range []string{"限报数", "限报", "限报件数", "限报数量", "限报名额", "报送限额", "限额", "名额", "报送名额", "quota"} {
				for _, head := range []string{word + name, name + word, word + "/" + name} {
					if _, taken := fix.Columns[head]; !taken {
						fix.Columns[head] = field.Field(quotaOf + c.Name)
					}
				}
			}
		}
	}
	return fix
}

func (t *table) unit(r *record) UnitRow {
	text := func(f field.Field) string { return celltext.TidyLine(r.values[f].Text) }
	u := UnitRow{
		Place: judging.Place{File: t.File, Sheet: t.Sheet, Row: r.row},
		Name:  text(field.UnitName), Kind: text(field.UnitKind), Contact: text(field.Contact),
		Email: text(field.Email),
	}
	if judging.Fold(u.Name) == "" && !Fatal(r.problems) {
		t.tell(r, field.UnitName, true, "sheet.no_unit_name", nil)
	}
	u.Phone = t.phone(r)
	if u.Email != "" && !celltext.LooksLikeMail(u.Email) {
		t.tell(r, field.Email, false, "sheet.odd_email", nil)
	}
	u.Quota = t.most(r, field.Quota)
	for _, f := range slices.Sorted(maps.Keys(r.values)) {
		if category, is := strings.CutPrefix(string(f), quotaOf); is {
			if n := t.most(r, f); n > 0 {
				if u.Quotas == nil {
					u.Quotas = map[string]int{}
				}
				u.Quotas[category] = n
			}
		}
	}
	u.Problems = r.problems
	return u
}
