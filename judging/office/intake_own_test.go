package office_test

import (
	"testing"

	"fayi/judging/office"
	"fayi/judging/office/intake"
)

func TestAnAnswerToAReturnListIsNoNewWork(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "来稿.xlsx",
		[]any{"作品名称", "类别", "组别", "作者", "单位"}, []any{"守法", "摄影", "成人组", "甲某一", "第一小学"},
		[]any{"学法", "摄影", "成人组", "甲某二", "第一小学"})}})
	before, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil || len(before) != 2 {
		t.Fatalf("%d works, %v", len(before), err)
	}
	r := importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "退回清单-补正.xlsx",
		[]any{"序号", "作品编号", "作品名称", "作者", "类别", "审核结果", "问题", "处理办法", "补正期限"},
		[]any{1, string(before[0].Code), "守法之歌", "甲某一、甲某九", "摄影", "退回", "登记信息不全", "补全", ""})}})
	if r.Accepted != 0 || r.Changed != 1 {
		t.Errorf("%+v", r.RowTally)
	}
	after, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil || len(after) != 2 || after[0].Title != "守法之歌" || len(after[0].Authors) != 2 ||
		after[0].Code != before[0].Code || after[0].More["confirm"] != "" {
		t.Errorf("%+v, %v", after, err)
	}
	r = importAll(t, o, intake.ImportRequest{DryRun: true, Sources: []string{table(t, "作品.xlsx",
		[]any{"编号", "原编号", "作品名称", "类别", "组别", "作者", "作者单位", "状态", "附件数"},
		[]any{string(after[1].Code), "", "学法", "摄影", "成人组", "甲某二", "第一小学", "合格", 0})}})
	if r.Accepted+r.Changed != 0 || r.Unchanged != 1 {
		t.Errorf("an export unchanged: %+v", r.RowTally)
	}
}
