package table

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/rowkind"
)

// JudgeRow is one judge as a sheet tells it, with what is wrong with it. The judge has no identity; Source is the
// row.
type JudgeRow struct {
	Judge    judging.Judge
	Avoid    []judging.Conflict // with units and people, as the row says; without the judge's identity and a reason
	Problems []judging.Problem
}

// Rejected reports whether a problem keeps the row from being a judge.
func (r JudgeRow) Rejected() bool { return Fatal(r.Problems) }

// ReadJudges reads the judges of a book (姓名 单位 专长类别 职称 电话 工号 负荷上限 回避单位) as ReadWorks reads works. Category texts
// become the names of the rules; one that the rules do not know rejects the row, none at all means that the judge may
// score all. Sheets of staff next to one of judges, and columns that judges have no place for, are left aside with a
// problem that says so.
func ReadJudges(
	ctx context.Context, b *read.Book, rules judging.Rules, opts mapping.Options, emit func(JudgeRow) error,
) ([]mapping.Mapping, []judging.Problem, error) {
	aside, told, err := rowkind.StaffSheets(ctx, b)
	if err != nil {
		return nil, nil, err
	}
	if opts.Sheet == "" {
		opts.Aside = aside
	}
	mappings, problems, err := readSheets(ctx, b, field.Judges(), rules, opts, func(t *table, r *record) (bool, error) {
		row := t.judge(r)
		return row.Rejected(), emit(row)
	})
	if opts.Sheet == "" {
		problems = append(problems, told...)
	}
	for _, m := range mappings {
		problems = append(problems, unkept(m, judgeFields, "sheet.judge_columns")...)
	}
	return mappings, problems, err
}

// judgeFields are the fields that have a place in a judge, or that nobody misses.
var judgeFields = map[field.Field]bool{
	field.Name: true, field.Unit: true, field.Post: true, field.Phone: true, field.Categories: true,
	field.Panel:   true,
	field.MaxLoad: true, field.Away: true, field.StaffNo: true, field.AvoidUnit: true, field.Avoid: true,
	field.AvoidOne: true, field.RowNo: true,
	field.Leave: true, field.Meta: true,
}

// unkept tells which columns of a list were not taken over: those of other fields than kept.
func unkept(m mapping.Mapping, kept map[field.Field]bool, text string) []judging.Problem {
	var names []string
	for _, c := range m.Columns {
		if name := judging.Tidy(c.Header); name != "" && !kept[c.Field] {
			names = append(names, celltext.Clip(name))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []judging.Problem{{
		Place: judging.Place{File: m.File, Sheet: m.Sheet},
		Text:  text,
		Args:  judging.Args{"Columns": strings.Join(names, "、")},
	}}
}

func (t *table) judge(r *record) JudgeRow {
	j := judging.Judge{Source: judging.Place{File: t.File, Sheet: t.Sheet, Row: r.row}}
	names, _, _ := celltext.SplitNames(r.values[field.Name].Text)
	switch {
	case len(names) == 0 && !Fatal(r.problems):
		t.tell(r, field.Name, true, "sheet.no_name", nil)
	case len(names) > 1:
		t.tell(r, field.Name, true, "sheet.two_names", nil)
	case len(names) == 1:
		j.Name = names[0]
	}
	j.Unit = celltext.TidyLine(r.values[field.Unit].Text)
	j.Post = celltext.TidyLine(r.values[field.Post].Text)
	j.Phone = t.phone(r)
	j.Number = celltext.TidyLine(r.values[field.StaffNo].Text)
	if role := judging.Fold(j.Post); rowkind.StaffRole.MatchString(role) {
		t.tell(r, field.Post, true, "sheet.staff_row", judging.Args{"Value": celltext.Clip(j.Post)})
	}
	j.Categories = t.expertise(r)
	j.Panel = celltext.TidyLine(r.values[field.Panel].Text)
	j.MaxLoad = t.most(r, field.MaxLoad)
	j.Away = tells[judging.Fold(r.values[field.Away].Text)]
	return JudgeRow{j, avoided(r), r.problems}
}

// avoided reads from whom the judge must keep away.
func avoided(r *record) []judging.Conflict {
	var list []judging.Conflict
	add := func(c judging.Conflict) {
		if !slices.ContainsFunc(list, func(o judging.Conflict) bool { return o.ID() == c.ID() }) {
			list = append(list, c)
		}
	}
	for _, f := range []field.Field{field.AvoidUnit, field.Avoid, field.AvoidOne} {
		for _, cell := range r.names[f] {
			for _, part := range avoidMarks.Split(cell.Text, -1) {
				part = strings.Trim(judging.Tidy(part), "。.：: ")
				switch {
				case celltext.IsEmpty(part) || noAvoid[judging.Fold(part)]:
				case f == field.AvoidOne,
					f == field.Avoid && celltext.LooksLikeName(part) && !celltext.LooksLikeUnit(part):
					add(judging.Conflict{Person: part, Kind: judging.OfPerson})
				default:
					add(judging.Conflict{Unit: part, Kind: judging.WholeUnit})
				}
			}
		}
	}
	return list
}

var (
	avoidMarks = regexp.MustCompile(`[、,，/／;；|┋+＋&＆\n\r\t]+`)
	noAvoid    = celltext.WordSet("否 无需 无需回避 不需要 不需回避 没有回避 无回避 无回避单位 不涉及 no false 0")
)

var tells = map[string]bool{
	"是":    true,
	"√":    true,
	"✓":    true,
	"1":    true,
	"y":    true,
	"yes":  true,
	"true": true,
	"缺席":   true,
	"请假":   true,
	"退出":   true,
}

var (
	allKinds   = regexp.MustCompile(`^(?:全部|所有|不限|各类|均可|全类别|全部类别|所有类别|all|any)(?:类别|作品)?$`)
	kindMarks  = regexp.MustCompile(`[、,，/／;；|┋+＋&＆\n\r]+|\s{1,}|和|及|与`)
	someNumber = regexp.MustCompile(`\d+`)
)

// expertise reads the categories of a judge: several in one cell, in several columns, or by section lines.
func (t *table) expertise(r *record) []string {
	var list []string
	add := func(name string) {
		if name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	for _, c := range r.names[field.Categories] {
		text := strings.TrimSpace(c.Text)
		if allKinds.MatchString(judging.Fold(text)) {
			return nil
		}
		name := t.Resolve(field.Categories, text, celltext.MatchCategory)
		if name != "" && !kindMarks.MatchString(text) {
			add(name)
			continue
		}
		for _, part := range kindMarks.Split(text, -1) {
			if celltext.IsEmpty(part) || celltext.IsKindTail(judging.Fold(part)) {
				continue
			}
			name := t.Resolve(field.Categories, part, celltext.MatchCategory)
			if add(name); name == "" && len(t.Rules.Categories) > 0 {
				t.tell(r, field.Categories, true, "sheet.unknown_category", judging.Args{
					"Value": celltext.Clip(judging.Tidy(part)),
					"Known": t.knownCategories(),
				})
			}
		}
	}
	if len(r.names[field.Categories]) == 0 && len(t.Rules.Categories) > 1 {
		add(r.now[field.Category].Value)
	}
	return list
}

// phone reads a telephone number.
func (t *table) phone(r *record) string {
	v := r.values[field.Phone]
	if v.Text == "" {
		return ""
	}
	phone, _, ok := celltext.ReadPhone(v.Text)
	if !ok {
		t.tell(r, field.Phone, false, "sheet.odd_phone", nil)
	}
	return phone
}

// most reads how many works a judge takes, or a unit may send in, at most; 0 where there is no limit.
func (t *table) most(r *record, f field.Field) int {
	text := judging.Fold(r.values[f].Text)
	if text == "" || text == "不限" {
		return 0
	}
	found := someNumber.FindAllString(text, -1)
	if len(found) == 0 {
		t.tell(r, f, false, "sheet.odd_load", nil)
		return 0
	}
	n, err := strconv.Atoi(found[len(found)-1]) // 20-30件: the upper end
	if err != nil || n > 1_000_000 {
		t.tell(r, f, false, "sheet.odd_load", nil)
		return 0
	}
	return n
}
