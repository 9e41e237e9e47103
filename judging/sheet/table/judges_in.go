package table

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/read"
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
	ctx context.Context, b *read.Book, rules judging.Rules, opts ReadOptions, emit func(JudgeRow) error,
) ([]Mapping, []judging.Problem, error) {
	aside, told, err := staffSheets(ctx, b)
	if err != nil {
		return nil, nil, err
	}
	if opts.Sheet == "" {
		opts.aside = aside
	}
	mappings, problems, err := readSheets(ctx, b, judges(), rules, opts, func(t *table, r *record) (bool, error) {
		row := t.judge(r)
		return row.Rejected(), emit(row)
	})
	if opts.Sheet == "" {
		problems = append(problems, told...)
	}
	for _, m := range mappings {
		problems = append(problems, unkept(m)...)
	}
	return mappings, problems, err
}

// judgeFields are the fields that have a place in a judge, or that nobody misses.
var judgeFields = map[Field]bool{
	FieldName: true, FieldUnit: true, FieldPost: true, FieldPhone: true, FieldCategories: true, FieldMaxLoad: true,
	FieldAway: true, FieldStaffNo: true, fieldAvoidUnit: true, fieldAvoid: true, fieldAvoidOne: true, FieldRowNo: true,
	FieldLeave: true, fieldMeta: true,
}

// unkept tells which columns of a list of judges were not taken over.
func unkept(m Mapping) []judging.Problem {
	var names []string
	for _, c := range m.Columns {
		if name := judging.Tidy(c.Header); name != "" && !judgeFields[c.Field] {
			names = append(names, clip(name))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []judging.Problem{{
		Place: judging.Place{File: m.File, Sheet: m.Sheet},
		Text:  "sheet.judge_columns",
		Args:  judging.Args{"Columns": strings.Join(names, "、")},
	}}
}

func (t *table) judge(r *record) JudgeRow {
	j := judging.Judge{Source: judging.Place{File: t.File, Sheet: t.Sheet, Row: r.row}}
	names, _, _ := splitNames(r.values[FieldName].Text)
	switch {
	case len(names) == 0 && !Fatal(r.problems):
		t.tell(r, FieldName, true, "sheet.no_name", nil)
	case len(names) > 1:
		t.tell(r, FieldName, true, "sheet.two_names", nil)
	case len(names) == 1:
		j.Name = names[0]
	}
	j.Unit = tidyLine(r.values[FieldUnit].Text)
	j.Post = tidyLine(r.values[FieldPost].Text)
	if v := r.values[FieldPhone]; v.Text != "" {
		phone, _, ok := readPhone(v.Text)
		if j.Phone = phone; !ok {
			t.tell(r, FieldPhone, false, "sheet.odd_phone", nil)
		}
	}
	j.Number = tidyLine(r.values[FieldStaffNo].Text)
	if role := judging.Fold(j.Post); staffRole.MatchString(role) {
		t.tell(r, FieldPost, true, "sheet.staff_row", judging.Args{"Value": clip(j.Post)})
	}
	j.Categories = t.expertise(r)
	j.MaxLoad = t.load(r)
	j.Away = tells[judging.Fold(r.values[FieldAway].Text)]
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
	for _, f := range []Field{fieldAvoidUnit, fieldAvoid, fieldAvoidOne} {
		for _, cell := range r.names[f] {
			for _, part := range avoidMarks.Split(cell.Text, -1) {
				part = strings.Trim(judging.Tidy(part), "。.：: ")
				switch {
				case isEmpty(part) || noAvoid[judging.Fold(part)]:
				case f == fieldAvoidOne, f == fieldAvoid && looksLikeName(part) && !looksLikeUnit(part):
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
	noAvoid    = wordSet("否 无需 无需回避 不需要 不需回避 没有回避 无回避 无回避单位 不涉及 no false 0")

	staffRole = regexp.MustCompile(`^(?:(?:工作|会务|监督|监审|纪检|后勤)人员|(?:监督|联络|计分|记分|统计|统分)员|` +
		`会务|监审|纪检|联络人|主持人|志愿者|后勤|司机)$`)
	staffSheet = regexp.MustCompile(`工作人员|会务|后勤|监督|监审|纪检|联络|志愿|签到|嘉宾|领队|参赛|选手|主持|计分|记分`)
	judgeSheet = regexp.MustCompile(`评委|专家|裁判`)
)

// staffSheets finds the sheets that list staff, by their names and titles, where another sheet may list judges.
func staffSheets(ctx context.Context, b *read.Book) (map[string]bool, []judging.Problem, error) {
	aside := map[string]bool{}
	var told []judging.Problem
	if len(b.Infos()) < 2 {
		return nil, nil, nil
	}
	for i, s := range b.Infos() {
		text := s.Name
		err := b.Rows(i, nil, func(l read.Line) error {
			if texts := ownTexts(l); len(texts) == 1 {
				text += " " + texts[0]
			} else if len(texts) > 1 {
				return errTitleRead
			}
			return ctx.Err()
		})
		if err != nil && !errors.Is(err, errTitleRead) {
			return nil, nil, err
		}
		if text = judging.Fold(text); staffSheet.MatchString(text) && !judgeSheet.MatchString(text) {
			aside[s.Name] = true
			told = append(told, judging.Problem{
				Place: judging.Place{File: b.Name(), Sheet: s.Name},
				Text:  "sheet.staff_aside",
				Args:  judging.Args{"Sheet": s.Name},
			})
		}
	}
	if len(aside) == len(b.Infos()) {
		return nil, nil, nil
	}
	return aside, told, nil
}

// errTitleRead ends the reading of a sheet behind its title.
var errTitleRead = errors.New("the title is read")

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
	for _, c := range r.names[FieldCategories] {
		text := strings.TrimSpace(c.Text)
		if allKinds.MatchString(judging.Fold(text)) {
			return nil
		}
		if name := t.resolve(FieldCategories, text, matchCategory); name != "" && !kindMarks.MatchString(text) {
			add(name)
			continue
		}
		for _, part := range kindMarks.Split(text, -1) {
			if isEmpty(part) || isKindTail(judging.Fold(part)) {
				continue
			}
			name := t.resolve(FieldCategories, part, matchCategory)
			if add(name); name == "" && len(t.rules.Categories) > 0 {
				t.tell(r, FieldCategories, true, "sheet.unknown_category", judging.Args{
					"Value": clip(judging.Tidy(part)),
					"Known": t.knownCategories(),
				})
			}
		}
	}
	if len(r.names[FieldCategories]) == 0 && len(t.rules.Categories) > 1 {
		add(r.now[FieldCategory].Value)
	}
	return list
}

// load reads the most works a judge takes; 0 where there is no limit.
func (t *table) load(r *record) int {
	text := judging.Fold(r.values[FieldMaxLoad].Text)
	if text == "" || text == "不限" {
		return 0
	}
	found := someNumber.FindAllString(text, -1)
	if len(found) == 0 {
		t.tell(r, FieldMaxLoad, false, "sheet.odd_load", nil)
		return 0
	}
	n, err := strconv.Atoi(found[len(found)-1]) // 20-30件: the upper end
	if err != nil || n > 1_000_000 {
		t.tell(r, FieldMaxLoad, false, "sheet.odd_load", nil)
		return 0
	}
	return n
}
