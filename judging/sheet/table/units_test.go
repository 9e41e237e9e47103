package table

import (
	"fmt"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

func readUnits(t *testing.T, rows ...[]any) ([]UnitRow, []judging.Problem, ledger.Account) {
	t.Helper()
	b, err := read.Open(sheettest.Workbook(t, sheettest.Page{Rows: rows}), "单位.xlsx", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var units []UnitRow
	var account ledger.Account
	opts := mapping.Options{Account: func(a ledger.Account) { account = a }}
	_, problems, err := ReadUnits(t.Context(), b, opts, func(r UnitRow) error {
		units = append(units, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return units, problems, account
}

func TestUnitsAreReadRowByRow(t *testing.T) {
	units, problems, account := readUnits(t,
		[]any{"参赛单位联系表"},
		[]any{"序号", "单位名称", "类型", "联系人", "联系电话", "邮箱", "限报数", "开户行号"},
		[]any{1, "示例县第一小学", "学校", "甲某", 13800138000, "jia@example.com", "10件", "x"},
		[]any{2, "书法协会", "社会团体", "乙某", "见附件", "待补充", "不限", ""},
		[]any{3, "", "学校", "丙某", 13800138002, "", "若干", ""},
		[]any{4},
		[]any{"合计", "3个单位"},
	)
	want := []struct {
		name, kind, contact, phone, email, told string
		quota                                   int
	}{
		{"示例县第一小学", "学校", "甲某", "13800138000", "jia@example.com", "[]", 10},
		{"书法协会", "社会团体", "乙某", "见附件", "待补充", "[E odd_phone F odd_email]", 0},
		{"", "学校", "丙某", "13800138002", "", "[B no_unit_name! G odd_load]", 0},
	}
	if len(units) != len(want) {
		t.Fatalf("%+v", units)
	}
	for i, w := range want {
		u := units[i]
		told := codes(u.Problems)
		if u.Name != w.name || u.Kind != w.kind || u.Contact != w.contact || u.Phone != w.phone ||
			u.Email != w.email || u.Quota != w.quota || u.Row != 3+i || fmt.Sprint(told) != w.told {
			t.Errorf("row %d: %+v, told %s", i, u, told)
		}
	}
	if got := codes(problems); len(got) != 1 || problems[0].Text != "sheet.unit_columns" ||
		problems[0].Args["Columns"] != "开户行号" {
		t.Errorf("%+v", problems)
	}
	if account.Rows != 7 || account.Taken != 2 || account.Refused != 1 || account.Noted != 4 || !account.AddsUp() {
		t.Errorf("%+v", account)
	}
}

func TestNamesOfUnitsAloneAreAList(t *testing.T) {
	units, problems, account := readUnits(t, []any{"学校"}, []any{"第一小学"}, []any{"第二小学"}, []any{"书法"})
	if len(units) != 3 || units[0].Name != "第一小学" || len(problems) != 0 || account.Taken != 3 {
		t.Errorf("%+v %+v %+v", units, problems, account)
	}
	units, problems, account = readUnits(t, []any{"甲", "乙"}, []any{"1", "2"})
	if len(units) != 0 || len(problems) == 0 || account.Taken != 0 || account.Refused != 2 {
		t.Errorf("no list: %+v %+v %+v", units, problems, account)
	}
}
