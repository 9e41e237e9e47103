package office_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office"
	call "fayi/judging/office/collect"
	"fayi/judging/office/correction"
	"fayi/judging/sheet/paper"
)

func chineseWords(t *testing.T) paper.Words {
	t.Helper()
	all, err := assets.Load()
	must(t, err)
	return all.In("zh-Hans").T
}

// called is a contest with a call for works until the given day, three listed units and their kits.
func called(t *testing.T, deadline string) (o *office.Office, kits string) {
	t.Helper()
	o = newOffice(t)
	list := filepath.Join(t.TempDir(), "单位.csv")
	must(t, os.WriteFile(list, []byte("单位名称,类型,联系人,电话,限报数\n示例县第一小学,学校,佟某,13900001111,2\n"+
		"示例县第二小学,学校,,,\n示例镇,乡镇,,,\n"), 0o600))
	must(t, reads(o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: list})))
	must(t, reads(o.Collect().SetTerms(t.Context(), call.TermsChange{Deadline: &deadline})))
	kits = filepath.Join(t.TempDir(), "材料")
	r, err := o.Collect().WriteKit(t.Context(), call.KitRequest{Dir: kits}, chineseWords(t))
	must(t, err)
	if len(r.Units) != 3 {
		t.Fatalf("kits of %q", r.Units)
	}
	return o, kits
}

// sent fills the workbook of a unit's kit with works and puts it into a folder, with further files.
func sent(t *testing.T, kits, unit string, works []string, files ...string) string {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join(kits, unit, "附件1 作品登记表.xlsx"))
	must(t, err)
	defer f.Close()
	for i, w := range works {
		for c, v := range []string{w, "书法", "小学组", "作者" + w} {
			at, _ := excelize.CoordinatesToCellName(c+2, 6+i)
			must(t, f.SetCellStr("作品登记表", at, v))
		}
	}
	dir := filepath.Join(t.TempDir(), "来件")
	must(t, os.Mkdir(dir, 0o755))
	must(t, f.SaveAs(filepath.Join(dir, "表.xlsx")))
	for _, name := range files {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600))
	}
	return dir
}

// states says how far units are.
func states(t *testing.T, o *office.Office) (string, call.Inbox) {
	t.Helper()
	b, err := o.Collect().Inbox(t.Context())
	must(t, err)
	var out []string
	for _, u := range b.Units {
		var lacks []string
		for _, l := range u.Lacks {
			lacks = append(lacks, fmt.Sprint(l.What, l.N))
		}
		out = append(out, fmt.Sprintf("%s %s %d %s", u.Unit, u.State, u.Works, strings.Join(lacks, ",")))
	}
	return strings.Join(out, "\n"), b
}

func TestWhatAUnitSendsIsKeptAndWhatIsMissingKnown(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	take := func(dir string) call.TakeReport {
		r, err := o.Collect().TakeParcel(t.Context(), call.TakeRequest{Sources: []string{dir}}, nil)
		must(t, err)
		return r
	}
	want := "示例县第一小学 nothing 0 \n示例县第二小学 nothing 0 \n示例镇 nothing 0 "
	if got, _ := states(t, o); got != want {
		t.Error(got)
	}
	first := sent(t, kits, "示例县第一小学", []string{"与法同行", "法在身边"}, "与法同行.txt", "原创承诺书.pdf")
	dry, err := o.Collect().TakeParcel(t.Context(), call.TakeRequest{Sources: []string{first}, DryRun: true}, nil)
	must(t, err)
	if got, _ := states(t, o); got != want || dry.Parcel.Unit != "示例县第一小学" || dry.Parcel.ID != "" {
		t.Errorf("a dry run: %+v\n%s", dry.Parcel, got)
	}
	r := take(first)
	if p := r.Parcel; p.Unit != "示例县第一小学" || p.Sure != call.FromList || p.Accepted != 2 || r.Late ||
		!p.Statement || p.Again != "" {
		t.Errorf("%+v", r.Parcel)
	}
	entries, err := o.Journal(t.Context())
	must(t, err)
	i := slices.IndexFunc(entries, func(e judging.Entry) bool { return e.Verb == "collect.take" })
	if i < 0 {
		t.Fatal("the journal has no parcel")
	}
	if _, args := office.Tale(entries[i], 1); args["Accepted"] != 2 {
		t.Errorf("the history says %v", args)
	}
	got, _ := states(t, o)
	if !strings.Contains(got, "示例县第一小学 lacking 2 files1") || strings.Contains(got, "statement") {
		t.Error(got)
	}
	// the same again, with what was missing and one work too many
	again := sent(t, kits, "示例县第一小学", []string{"与法同行", "法在身边", "多的一件"}, "法在身边.txt", "多的一件.txt",
		"监护人同意书.pdf")
	if p := take(again).Parcel; p.Again != "p001" || p.Accepted != 1 || p.Unchanged != 2 {
		t.Errorf("again: %+v", p)
	}
	got, _ = states(t, o)
	if !strings.Contains(got, "示例县第一小学 over 3 ") || strings.Contains(got, "files") {
		t.Error(got)
	}
	must(t, reads(o.Intake().UndoImport(t.Context(), "")))
	got, b := states(t, o)
	if !strings.Contains(got, "示例县第一小学 lacking 2 files1") || !b.Parcels[0].Undone {
		t.Errorf("after the undo: %s", got)
	}
	receipts, err := o.Collect().Receipts(t.Context(), call.ReceiptRequest{}, chineseWords(t))
	must(t, err)
	if len(receipts) != 1 || !strings.Contains(receipts[0].Text, "作品 2 件") ||
		!strings.Contains(receipts[0].Text, "《法在身边》") {
		t.Errorf("%+v", receipts)
	}
	if text := b.GroupText(chineseWords(t)); !strings.Contains(text, "示例县第二小学、示例镇") || strings.Contains(text, "佟") {
		t.Error(text)
	}
}

func TestAParcelIsLateFromTheDayAfterTheDeadline(t *testing.T) {
	now := clock()()
	today := now.Local().Format(time.DateOnly)
	yesterday := now.Local().AddDate(0, 0, -1).Format(time.DateOnly)
	for deadline, late := range map[string]bool{today: false, yesterday: true, "": false} {
		o, kits := called(t, deadline)
		r, err := o.Collect().TakeParcel(t.Context(), call.TakeRequest{
			Sources: []string{sent(t, kits, "示例镇", []string{"一"})}, At: now,
		}, nil)
		must(t, err)
		if r.Late != late {
			t.Errorf("until %q: late %v", deadline, r.Late)
		}
	}
}

func TestContactsOfUnitsStayOutOfKitsAndJournal(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	who, phone := "联络某", "13900002222"
	must(t, reads(o.Collect().SetTerms(t.Context(), call.TermsChange{Contact: &who, Phone: &phone})))
	entries, err := o.Journal(t.Context())
	must(t, err)
	for _, e := range entries {
		said := string(e.Before) + string(e.After)
		if strings.Contains(said, who) || strings.Contains(said, "1390000") {
			t.Errorf("the journal says %s", said)
		}
	}
	must(t, filepath.WalkDir(kits, func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xlsx" {
			return err
		}
		f, err := excelize.OpenFile(path)
		must(t, err)
		defer f.Close()
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			must(t, err)
			if all := fmt.Sprint(rows); strings.Contains(all, "佟某") || strings.Contains(all, "13900001111") {
				t.Errorf("%s names the contact", path)
			}
		}
		return nil
	}))
}

func TestAnotherUnitsWorkbookAndAnotherContestsAreTold(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	dir := sent(t, kits, "示例镇", []string{"一"})
	f, err := excelize.OpenFile(filepath.Join(dir, "表.xlsx"))
	must(t, err)
	must(t, f.SetCellStr("作品登记表", "A2", "报送单位：示例县第二小学"))
	key, err := f.GetCellValue("作品登记表", "A3")
	must(t, err)
	must(t, f.SetCellStr("作品登记表", "A3", strings.Replace(key, "|", "|x", 1)))
	must(t, f.Save())
	must(t, f.Close())
	r, err := o.Collect().TakeParcel(t.Context(), call.TakeRequest{Sources: []string{dir}}, nil)
	must(t, err)
	told := func(text string) bool {
		return slices.ContainsFunc(r.Import.Problems, func(p judging.Problem) bool {
			return p.Text == text && !p.Fatal
		})
	}
	if !told("sheet.form_unit") || !told("sheet.form_contest") || r.Parcel.Unit != "示例县第二小学" ||
		r.Parcel.Accepted != 1 {
		t.Errorf("%+v\n%+v", r.Parcel, r.Import.Problems)
	}
	if _, err := o.Collect().WriteKit(t.Context(), call.KitRequest{Dir: kits}, plainWords); judging.CodeOf(err) !=
		judging.Clash {
		t.Errorf("over a kit: %v", err)
	}
}
