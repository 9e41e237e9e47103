package table

import (
	"slices"
	"strings"
	"testing"

	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/sheettest"
)

func TestCorrectionsStandAboveEvidence(t *testing.T) {
	odd := sheettest.Page{Rows: [][]any{{"某活动"}, {"甲列", "乙列", "丙列", "单位"}, {"宪法在心中", "书法", "甲某", "某某局"}}}
	twice := sheettest.Page{Rows: [][]any{{"作品名称", "作品标题", "作者", "类别"}, {"守法", "普法", "甲某", "书法"}}}
	bare := sheettest.Page{Rows: [][]any{{"守法", "甲某", "书法"}, {"普法", "乙某", "绘画"}}}
	for _, c := range []struct {
		name  string
		page  sheettest.Page
		fixed []mapping.Correction
		want  []string
		tells []string
	}{
		{"by header", odd, []mapping.Correction{{
			Columns: map[string]field.Field{"甲列": field.Title, "乙 列": field.Category, "丙列": field.Author},
		}}, []string{"3 标题=宪法在心中 类=书法 作者=甲某 单位=某某局"}, nil},
		{"by letter", odd, []mapping.Correction{{
			Columns: map[string]field.Field{"a": field.Title, "B": field.Category, "C": field.Author},
		}}, []string{"3 标题=宪法在心中 类=书法 作者=甲某 单位=某某局"}, nil},
		{"by header row", odd, []mapping.Correction{{
			HeaderRow: 2,
			Columns:   map[string]field.Field{"A": field.Title, "B": field.Category, "C": field.Author},
		}}, []string{"3 标题=宪法在心中 类=书法 作者=甲某 单位=某某局"}, nil},
		{"no header at all", bare, []mapping.Correction{{
			HeaderRow: -1,
			Columns:   map[string]field.Field{"A": field.Title, "B": field.Author, "C": field.Category},
		}}, []string{"1 标题=守法 类=书法 作者=甲某", "2 标题=普法 类=绘画 作者=乙某"}, nil},
		{"of two columns the one that was said", twice, []mapping.Correction{{
			Columns: map[string]field.Field{"作品标题": field.Title},
		}}, []string{"2 标题=普法 类=书法 作者=甲某 作品名称=守法"}, nil},
		{"left out", twice, []mapping.Correction{{
			Columns: map[string]field.Field{"A": field.Leave},
		}}, []string{"2 标题=普法 类=书法 作者=甲某"}, nil},
		{"of another sheet", twice, []mapping.Correction{{
			Sheet:   "别的",
			Columns: map[string]field.Field{"A": field.Leave},
		}}, nil, []string{"B two_columns!"}},
		{"a header that is not there", sheettest.Page{
			Rows: [][]any{{"作品名称", "作者", "类别"}, {"守法", "甲某", "书法"}},
		}, []mapping.Correction{{
			Columns: map[string]field.Field{"学校": field.Unit},
		}}, []string{"2 标题=守法 类=书法 作者=甲某"}, []string{" fixed_unused"}},
		{"the later one", twice, []mapping.Correction{{
			Columns: map[string]field.Field{"A": field.Title},
		}, {
			Columns: map[string]field.Field{"A": field.Leave, "B": field.Title},
		}}, []string{"2 标题=普法 类=书法 作者=甲某"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := readWorks(t, sheettest.Workbook(t, c.page), mapping.Options{Fixed: c.fixed})
			if got := briefs(r.rows); !slices.Equal(got, c.want) || !slices.Equal(codes(r.problems), c.tells) {
				t.Errorf("got %s\n%q\n%+v", strings.Join(got, "\n"), codes(r.problems), r.mappings)
			}
		})
	}
}

func TestAHeaderIsRememberedByItsSignature(t *testing.T) {
	rows := [][]any{{"甲列", "乙列", "丙列"}, {"守法", "书法", "甲某"}}
	first := readWorks(t, sheettest.Workbook(t, sheettest.Page{
		Rows: rows,
	}), mapping.Options{
		Fixed: []mapping.Correction{{
			Columns: map[string]field.Field{"A": field.Title, "B": field.Category, "C": field.Author},
		}},
	})
	if len(first.mappings) != 1 {
		t.Fatalf("%+v", first)
	}
	known := map[string]mapping.Mapping{first.mappings[0].Signature: first.mappings[0]}
	again := append([][]any{{"另一个单位的表"}}, rows...)
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: again}), mapping.Options{Known: known})
	if got := briefs(r.rows); !slices.Equal(got, []string{"3 标题=守法 类=书法 作者=甲某"}) ||
		r.mappings[0].Columns[0].Confidence != 1 {
		t.Errorf("%q %+v", got, r.mappings)
	}
	if r := readWorks(t, sheettest.Workbook(t, sheettest.Page{
		Rows: rows,
	}), mapping.Options{}); len(r.rows) != 0 || !slices.Equal(codes(r.problems), []string{" no_header!"}) {
		t.Errorf("read without being told: %+v", r)
	}
}
