package table

import (
	"slices"
	"testing"

	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/sheettest"
)

func TestListsThatTheProgramWroteAreRecognised(t *testing.T) {
	for name, c := range map[string]struct {
		page       sheettest.Page
		told, code string
		rows       int
	}{
		"an export": {sheettest.Page{Rows: [][]any{
			{"编号", "原编号", "作品名称", "类别", "组别", "作者", "作者单位", "状态", "附件数"},
			{"SF-6991", "12", "守法", "书法", "小学组", "甲某一", "第一小学", "合格", 0},
		}}, " own_export", "SF-6991", 1},
		"an export in English": {sheettest.Page{Rows: [][]any{
			{"Code", "Number", "Title", "Category", "Group", "Authors", "Unit", "Teachers", "State", "Files"},
			{"sf 6991", "12", "守法", "书法", "小学组", "甲某一", "第一小学", "", "Accepted", 0},
		}}, " own_export", "SF-6991", 1},
		"a list of returned works": {sheettest.Page{Rows: [][]any{
			{"某某征集退回补正作品清单"},
			{"序号", "作品编号", "作品名称", "作者", "类别", "报送单位", "审核结果", "问题", "处理办法", "补正期限"},
			{1, "SF－6991", "守法", "甲某一", "书法", "第一小学", "退回", "登记信息不全", "补全", ""},
		}}, " own_returns", "SF-6991", 1},
		"a score sheet": {sheettest.Page{Rows: [][]any{
			{"序号", "作品编号", "作品名称", "组别", "主题", "合计", "把握", "评语", "状态", "说明"},
			{1, "SF-6991", "守法", "小学组", 30, 30, "", "", "", ""},
		}}, " own_scores!", "", 0},
		"awards": {sheettest.Page{Name: "获奖名单", Rows: [][]any{
			{"序号", "奖项", "作品名称", "类别", "组别", "作者", "单位"},
			{1, "一等奖", "守法", "书法", "小学组", "甲某一", "第一小学"},
		}}, " own_awards", "", 1},
		"a list of somebody else": {sheettest.Page{Rows: [][]any{
			{"编号", "作品名称", "类别", "作者", "单位", "状态"}, {"SF-6991", "守法", "书法", "甲某一", "第一小学", "合格"},
		}}, "", "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := readWorks(t, sheettest.Workbook(t, c.page), mapping.Options{})
			if len(r.rows) != c.rows {
				t.Fatalf("%d rows, %q", len(r.rows), codes(r.problems))
			}
			if c.told != "" && !slices.Contains(codes(r.problems), c.told) {
				t.Errorf("told %q, want %q", codes(r.problems), c.told)
			}
			if c.rows > 0 && string(r.rows[0].Code) != c.code {
				t.Errorf("code %q, want %q", r.rows[0].Code, c.code)
			}
			if c.code != "" && (r.rows[0].Work.More["confirm"] != "" || r.rows[0].Work.Number == c.code) {
				t.Errorf("what the program added is taken over: %+v", r.rows[0].Work)
			}
		})
	}
}
