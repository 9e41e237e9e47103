package office_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	call "fayi/judging/office/collect"
	"fayi/judging/office/correction"
)

func takes(t *testing.T, o *office.Office, req call.TakeRequest) call.TakeReport {
	t.Helper()
	r, err := o.Collect().TakeParcel(t.Context(), req, nil)
	must(t, err)
	return r
}

func TestABlankWorkbookIsToldAndDoesNotCountAsSent(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	blank := sent(t, kits, "示例镇", nil)
	for _, dry := range []bool{true, false} {
		r := takes(t, o, call.TakeRequest{Sources: []string{blank}, DryRun: dry})
		if !r.Parcel.Blank || r.Parcel.Unit != "示例镇" ||
			!strings.Contains(strings.Join(r.Lines(chineseWords(t)), "\n"), "一件作品也没有") {
			t.Errorf("dry %v: %+v", dry, r.Parcel)
		}
	}
	got, b := states(t, o)
	if !strings.Contains(got, "示例镇 nothing 0") || len(b.Parcels) != 1 || !b.Parcels[0].Blank {
		t.Errorf("%s\n%+v", got, b.Parcels)
	}
	if text := b.GroupText(chineseWords(t)); !strings.Contains(text, "示例镇") {
		t.Errorf("the group does not hear of it: %s", text)
	}
	list, err := o.Collect().Reminders(t.Context(), "", chineseWords(t))
	must(t, err)
	for _, r := range list {
		if strings.Contains(r.Text, "是空的") != (r.Unit == "示例镇") {
			t.Errorf("%+v", r)
		}
	}
	if _, err := o.Collect().Receipts(t.Context(), call.ReceiptRequest{}, chineseWords(t)); judging.CodeOf(err) !=
		judging.NotFound {
		t.Errorf("a receipt for a blank list: %v", err)
	}
	// a statement alone is something
	r := takes(t, o, call.TakeRequest{Sources: []string{sent(t, kits, "示例镇", nil, "原创承诺书.pdf")}})
	if got, _ := states(t, o); r.Parcel.Blank || !strings.Contains(got, "示例镇 lacking 0 works") {
		t.Errorf("%+v\n%s", r.Parcel, got)
	}
}

func TestTheSameAgainIsRecognised(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	dir := sent(t, kits, "示例县第一小学", []string{"与法同行"}, "与法同行.txt", "原创承诺书.pdf")
	first := takes(t, o, call.TakeRequest{Sources: []string{dir}})
	moved := filepath.Join(t.TempDir(), "又一个名字")
	must(t, os.Rename(dir, moved))
	saved := sent(t, kits, "示例县第一小学", []string{"与法同行"}, "与法同行.txt") // another workbook of the same rows
	for i, again := range []string{moved, saved} {
		r := takes(t, o, call.TakeRequest{Sources: []string{again}})
		if r.Same != first.Parcel.ID || r.Parcel.Copies != i+1 || r.Import.Intake != "" {
			t.Errorf("%d: same %q, %+v", i, r.Same, r.Parcel)
		}
	}
	_, b := states(t, o)
	if len(b.Parcels) != 1 || !strings.Contains(b.Parcels[0].Notes(chineseWords(t)), "2 次") {
		t.Errorf("%+v", b.Parcels)
	}
	// one byte more is another arrival
	must(t, os.WriteFile(filepath.Join(moved, "监护人同意书.pdf"), []byte("又"), 0o600))
	if r := takes(t, o, call.TakeRequest{Sources: []string{moved}}); r.Same != "" || r.Parcel.ID != "p002" {
		t.Errorf("%+v", r)
	}
	// whoever sets one aside, or takes its works back, can take it again
	must(t, reads(o.Intake().UndoImport(t.Context(), "")))
	must(t, reads(o.Intake().UndoImport(t.Context(), "")))
	must(t, os.Remove(filepath.Join(moved, "监护人同意书.pdf")))
	if r := takes(t, o, call.TakeRequest{Sources: []string{moved}}); r.Same != "" || r.Parcel.Accepted != 1 {
		t.Errorf("after the undo: %+v", r)
	}
	// the same bytes of another unit are its own, and said
	if r := takes(t, o, call.TakeRequest{Sources: []string{moved}, Unit: "示例镇"}); r.Same != "" ||
		r.Twin != "示例县第一小学" {
		t.Errorf("of another unit: %+v", r)
	}
}

func TestWhoSentIsAskedBelowALine(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	list := func(name, unit string) string {
		path := filepath.Join(t.TempDir(), name)
		head := ""
		if unit != "" {
			head = "报送单位：" + unit + ",,,\n"
		}
		must(t, os.WriteFile(path, []byte(head+"作品名称,作品类别,组别,作者\n"+name+unit+",书法,小学组,作者"+unit+"\n"), 0o600))
		return path
	}
	for _, c := range []struct {
		path, unit, like string
		sure             float64
		asks             bool
	}{
		{sent(t, kits, "示例镇", []string{"一"}), "示例镇", "", 1, false},
		{list("表.csv", "示例县 第一小学"), "示例县第一小学", "", 1, false},
		{list("示例县第二小学.csv", ""), "示例县第二小学", "", 0.85, false},
		{list("示例镇和示例县第二小学.csv", ""), "示例镇和示例县第二小学", "", 0, true},
		{list("表.csv", "第一小学"), "第一小学", "示例县第一小学", 0.7, true},
		{list("表.csv", "示例县第一小学（本部）"), "示例县第一小学（本部）", "示例县第一小学", 0.75, true},
		{list("表.csv", "别处中学"), "别处中学", "", 0, true},
		{list("表.csv", ""), "", "", 0, true},
	} {
		req := call.TakeRequest{Sources: []string{c.path}, DryRun: true}
		r := takes(t, o, req)
		if p := r.Parcel; p.Unit != c.unit || p.Like != c.like || p.Confidence != c.sure || r.Asks != c.asks {
			t.Errorf("%s: %q like %q %v, asks %v", filepath.Base(c.path), p.Unit, p.Like, p.Confidence, r.Asks)
		}
		if !c.asks {
			continue
		}
		req.DryRun = false
		before := worksOf(t, o)
		if _, err := o.Collect().TakeParcel(t.Context(), req, nil); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s is guessed: %v", filepath.Base(c.path), err)
		}
		if worksOf(t, o) != before {
			t.Errorf("%s was imported without an answer", filepath.Base(c.path))
		}
		req.Unit = "示例县第一小学"
		if r := takes(t, o, req); r.Asks || r.Parcel.Unit != req.Unit || r.Parcel.Confidence != 1 {
			t.Errorf("answered: %+v", r.Parcel)
		}
	}
	if got, _ := states(t, o); !strings.Contains(got, "示例县第一小学 over 5 ") {
		t.Errorf("works do not count for the unit that was named:\n%s", got)
	}
	r := takes(t, o, call.TakeRequest{Sources: []string{list("另.csv", "")}, Unsure: true})
	if r.Parcel.Sure != call.FromNobody || r.Parcel.Accepted != 1 {
		t.Errorf("%+v", r.Parcel)
	}
}

func worksOf(t *testing.T, o *office.Office) int {
	t.Helper()
	_, b := states(t, o)
	n := 0
	for _, u := range b.Units {
		n += u.Works
	}
	return n
}

func TestQuotasOfCategoriesAreReadAndHeld(t *testing.T) {
	o := newOffice(t)
	list := filepath.Join(t.TempDir(), "单位.csv")
	must(t, os.WriteFile(list, []byte("单位名称,限报数,限报数：书法,征文限报,舞蹈限报人次\n示例一小,3,1,不限,\n示例二小,,2,若干,1\n"), 0o600))
	r, err := o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: list})
	must(t, err)
	var told []string
	for _, p := range r.AllProblems() {
		told = append(told, fmt.Sprint(p.Row, p.Text, p.Args["Columns"]))
	}
	if fmt.Sprint(told) != "[0sheet.unit_columns舞蹈限报人次 3sheet.odd_load<nil>]" { // there is no 舞蹈
		t.Errorf("%q", told)
	}
	units, err := o.Units().ListUnits(t.Context())
	must(t, err)
	if got := fmt.Sprint(units.Units[0].Quota, units.Units[0].Quotas, units.Units[1].Quotas); got !=
		"3 map[书法:1] map[书法:2]" {
		t.Error(got)
	}
	again, err := o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: list})
	must(t, err)
	if again.Unchanged != 2 {
		t.Errorf("the same list changes %+v", again.RowTally)
	}
	works := filepath.Join(t.TempDir(), "示例一小.csv")
	must(t, os.WriteFile(works, []byte("作品名称,作品类别,组别,作者\n一,书法,小学组,甲\n二,书法,小学组,乙\n三,征文,小学组,丙\n四,征文,小学组,丁\n"), 0o600))
	takes(t, o, call.TakeRequest{Sources: []string{works}})
	_, b := states(t, o)
	for _, u := range b.Units {
		if u.Unit == "示例一小" && (u.State != call.Over || fmt.Sprint(u.Over) != "[{ 4 3} {书法 2 1}]") {
			t.Errorf("%+v", u)
		}
	}
	receipts, err := o.Collect().Receipts(t.Context(), call.ReceiptRequest{}, chineseWords(t))
	must(t, err)
	for _, want := range []string{"共报 4 件，超过限报的 3 件", "书法共报 2 件，超过限报的 1 件"} {
		if !strings.Contains(receipts[0].Text, want) {
			t.Errorf("the unit does not hear %s: %s", want, receipts[0].Text)
		}
	}
	must(t, reads(o.Units().UndoUnits(t.Context())))
}

// Most lists say of which unit authors are, and not who sends them: where all works are of one unit of the list, it is
// theirs; where they are of two, somebody is asked.
func TestWorksOfOneUnitSayWhoSentThem(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	must(t, reads(o.Units().ImportUnits(t.Context(), correction.UnitsRequest{
		Path: file("单位.csv", "单位,联系人\n示例一小,甲\n示例二小,乙\n"),
	})))
	head := "作品名称,类别,组别,作者,单位\n"
	for _, tt := range []struct {
		name, rows, unit string
		percent          int
	}{
		{"报名表.csv", "晨光,书法,小学组,甲,示例一小\n夜雨,书法,小学组,乙,示例一小\n", "示例一小", 90},
		{"示例二小.csv", "远山,书法,小学组,丙,示例一小\n", "示例二小", 85},
		{"汇总.csv", "近水,书法,小学组,丁,示例一小\n高楼,书法,小学组,戊,示例二小\n", "", 0},
	} {
		got, err := o.Collect().TakeParcel(t.Context(), call.TakeRequest{
			Sources: []string{file(tt.name, head+tt.rows)}, DryRun: true,
		}, nil)
		must(t, err)
		if got.Parcel.Unit != tt.unit || got.Parcel.Percent() != tt.percent || got.Asks != (tt.unit == "") {
			t.Errorf("%s: %q, %d %%, asks %v", tt.name, got.Parcel.Unit, got.Parcel.Percent(), got.Asks)
		}
	}
}

func TestAPaperThatTwoUnitsSentIsRecognisedForEach(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	blank := func(unit string, works []string) string {
		dir := sent(t, kits, unit, works)
		for _, name := range []string{"监护人同意书.pdf", "原创承诺书.pdf"} { // the same bytes from each
			must(t, os.WriteFile(filepath.Join(dir, name), []byte("空白表"+name), 0o600))
		}
		return dir
	}
	first := takes(t, o, call.TakeRequest{Sources: []string{blank("示例县第一小学", []string{"甲作"})}})
	if p := first.Parcel; !p.Statement || !p.Consent || p.Files.Came() != 2 || len(first.Import.Copies) != 0 {
		t.Fatalf("%+v %+v", p, first.Import.Copies)
	}
	for i, unit := range []string{"示例县第二小学", "示例镇"} {
		dir := blank(unit, []string{fmt.Sprint("乙作", i)})
		for _, dry := range []bool{true, false} {
			r := takes(t, o, call.TakeRequest{Sources: []string{dir}, DryRun: dry})
			p := r.Parcel
			if !p.Statement || !p.Consent || p.Files.Came() != 2 || len(r.Import.Copies) != 2 || p.Blank ||
				!strings.Contains(strings.Join(r.Lines(chineseWords(t)), "\n"), "2 个文件与已有的文件内容完全相同") {
				t.Errorf("%s, dry %v: %+v %+v", unit, dry, p, r.Import.Copies)
			}
		}
	}
	got, _ := states(t, o)
	if strings.Contains(got, "statement") || strings.Contains(got, "consent") {
		t.Errorf("a unit sent what is said to be missing:\n%s", got)
	}
	waits := func() int {
		r, err := o.Intake().Reconcile(t.Context())
		must(t, err)
		return len(r.Loose) + len(r.Doubtful)
	}
	for left := 3; left > 0; left-- { // each unit's own goes with its works, and the last takes the file along
		if n := waits(); n != 2 {
			t.Errorf("%d imports count, and %d files wait", left, n)
		}
		must(t, reads(o.Intake().UndoImport(t.Context(), judging.IntakeID(fmt.Sprintf("i%03d", 4-left)))))
	}
	if n := waits(); n != 0 {
		t.Errorf("nobody's import counts, and %d files wait", n)
	}
}

func TestTheSameFileByOtherPathsIsNamed(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	for i, unit := range []string{"示例县第一小学", "示例县第二小学"} {
		dir := sent(t, kits, unit, []string{unit + "的作品"})
		must(t, os.WriteFile(filepath.Join(dir, unit+"空白同意书.pdf"), []byte("空白"), 0o600))
		r := takes(t, o, call.TakeRequest{Sources: []string{dir}})
		if len(r.Import.Copies) != i || !r.Parcel.Consent {
			t.Errorf("%s: %+v", unit, r.Import.Copies)
		}
	}
	r, err := o.Intake().Reconcile(t.Context())
	must(t, err)
	all := append(r.Loose, r.Doubtful...)
	if len(all) != 1 || len(all[0].Also) != 1 || all[0].Also[0] == all[0].Path {
		t.Errorf("%+v", all)
	}
}

func TestAPaperThatComesLaterIsNotOverlooked(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	paper := func(dir string) string {
		must(t, os.WriteFile(filepath.Join(dir, "监护人同意书.pdf"), []byte("空白"), 0o600))
		return dir
	}
	takes(t, o, call.TakeRequest{Sources: []string{paper(sent(t, kits, "示例镇", []string{"一"}))}})
	takes(t, o, call.TakeRequest{Sources: []string{sent(t, kits, "示例县第二小学", []string{"二"})}})
	r := takes(t, o, call.TakeRequest{Sources: []string{paper(sent(t, kits, "示例县第二小学", []string{"二"}))}})
	if r.Same != "" || !r.Parcel.Consent {
		t.Errorf("the paper was overlooked: %+v", r.Parcel)
	}
	if got, _ := states(t, o); strings.Contains(got, "示例县第二小学 lacking 1 files1,statement0,consent") {
		t.Error(got)
	}
}
