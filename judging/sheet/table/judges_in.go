package table

import (
	"context"
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
	Problems []judging.Problem
}

// Rejected reports whether a problem keeps the row from being a judge.
func (r JudgeRow) Rejected() bool { return Fatal(r.Problems) }

// ReadJudges reads the judges of a book (姓名 单位 专长类别 职称 电话 负荷上限) as ReadWorks reads works. Category texts become the
// names of the rules; one that the rules do not know rejects the row, none at all means that the judge may score
// everything.
func ReadJudges(
	ctx context.Context, b *read.Book, rules judging.Rules, opts ReadOptions, emit func(JudgeRow) error,
) ([]Mapping, []judging.Problem, error) {
	return readSheets(ctx, b, judges(), rules, opts, func(t *table, r *record) (bool, error) {
		row := t.judge(r)
		return row.Rejected(), emit(row)
	})
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
	j.Categories = t.expertise(r)
	j.MaxLoad = t.load(r)
	j.Away = tells[judging.Fold(r.values[FieldAway].Text)]
	return JudgeRow{j, r.problems}
}

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
