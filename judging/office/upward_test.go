package office_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/diploma"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

// packedUp is a contest with a batch for the city in a folder.
func packedUp(t *testing.T) (*office.Office, report.BatchReport) {
	t.Helper()
	o := rewarded(t, 15)
	r, err := o.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over", "no_files"), report.BatchRequest{
		To:  superior.City,
		Dir: filepath.Join(t.TempDir(), "第一批"),
	}, words(t), nil)
	must(t, err)
	return o, r
}

// faults are what CheckBatch says of a batch, each as its key and the file's name.
func faults(t *testing.T, at string) (out []string) {
	t.Helper()
	all, err := report.CheckBatch(t.Context(), at)
	must(t, err)
	for _, f := range all {
		out = append(out, strings.TrimPrefix(f.Text, "batch.fault_")+" "+filepath.Base(f.Path))
	}
	return out
}

func TestWhatHappenedToABatchOnItsWayIsFound(t *testing.T) {
	_, r := packedUp(t)
	if got := faults(t, r.Dir); len(got) > 0 {
		t.Fatalf("a fresh batch: %q", got)
	}
	list, err := os.ReadDir(filepath.Join(r.Dir, "作品"))
	must(t, err)
	first, second := list[0].Name(), list[1].Name()
	must(t, os.Remove(filepath.Join(r.Dir, "作品", first)))
	f, err := os.OpenFile(filepath.Join(r.Dir, "作品", second), os.O_APPEND|os.O_WRONLY, 0)
	must(t, err)
	_, err = f.WriteString("x")
	must(t, errors.Join(err, f.Close()))
	must(t, os.WriteFile(filepath.Join(r.Dir, "作品", "多.txt"), nil, 0o600))
	got := faults(t, r.Dir)
	slices.Sort(got)
	if want := []string{"changed " + second, "extra 多.txt", "missing " + first}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := faults(t, r.Zip); len(got) > 0 {
		t.Errorf("the zip has it all: %q", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := report.CheckBatch(ctx, r.Zip); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestWhatIsNoBatchIsRefusedByName(t *testing.T) {
	head := "\ufeff文件,字节数,SHA-256,作品编号\n"
	for name, manifest := range map[string]string{
		"empty":                "",
		"another table":        "a,b,c,d\n",
		"too few columns":      "\ufeff文件,字节数\n",
		"a size that is none":  head + "a.txt,x,00,SF-0001\n",
		"a path out of it":     head + "../../etc/passwd,1,00,SF-0001\n",
		"a path from the root": head + "/etc/passwd,1,00,SF-0001\n",
		"an open quote":        head + "\"a",
	} {
		dir := filepath.Join(t.TempDir(), "批次")
		must(t, os.Mkdir(dir, 0o755))
		must(t, os.WriteFile(filepath.Join(dir, "校验清单.csv"), []byte(manifest), 0o600))
		_, err := report.CheckBatch(t.Context(), dir)
		wantCode(t, err, judging.Invalid, "batch.no_batch")
		var told *judging.Error
		if !errors.As(err, &told) || told.Args["File"] != "批次" {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := report.CheckBatch(t.Context(), put(t, "批.zip", []byte("PK")))
	wantCode(t, err, judging.Invalid, "batch.no_batch")
	_, err = report.CheckBatch(t.Context(), filepath.Join(t.TempDir(), "无"))
	wantCode(t, err, judging.NotFound, "")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("校验清单.csv")
	must(t, err)
	fmt.Fprintf(w, "%s作品/大.txt,9223372036854775807,00,SF-0001\n作品/负.txt,-5,00,SF-0002\n", head)
	for _, name := range []string{"作品/大.txt", "作品/负.txt"} {
		w, err := z.Create(name)
		must(t, err)
		fmt.Fprint(w, "x")
	}
	must(t, z.Close())
	if got := faults(t, put(t, "批.zip", b.Bytes())); len(got) != 2 || !strings.HasPrefix(got[0], "changed") ||
		!strings.HasPrefix(got[1], "changed") {
		t.Errorf("sizes beyond all bounds: %q", got)
	}
}

func TestABatchTakesNothingsPlaceAndStopsWhenAsked(t *testing.T) {
	o := rewarded(t, 15)
	base := t.TempDir()
	full, beside, file := filepath.Join(base, "满"), filepath.Join(base, "旁"), filepath.Join(base, "文件")
	must(t, os.Mkdir(full, 0o755))
	must(t, os.WriteFile(filepath.Join(full, "别人的.txt"), nil, 0o600))
	must(t, os.WriteFile(beside+".zip", nil, 0o600))
	must(t, os.WriteFile(file, nil, 0o600))
	for _, dir := range []string{full, beside, file} {
		_, err := o.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over", "no_files"),
			report.BatchRequest{To: superior.City, Dir: dir}, keyWords, nil)
		if dir == file { // which no other name of a batch could help
			wantCode(t, err, judging.Invalid, "store.is_file")
			continue
		}
		wantCode(t, err, judging.Clash, "batch.folder_there")
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := o.Report().PackBatch(office.Ticking(ctx, "notice_not_over", "no_files"), report.BatchRequest{
		To:  superior.City,
		Dir: filepath.Join(base, "停"),
	}, keyWords, func(done, total int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled after the first work: %v", err)
	}
	left, err := os.ReadDir(base)
	if list, berr := o.Report().Batches(t.Context()); err != nil || berr != nil || len(left) != 3 || len(list) != 0 {
		t.Errorf("left %v, recorded %v, %v %v", left, list, err, berr)
	}
}

func TestASuperiorsFormIsKeptWithTheContestAndFilled(t *testing.T) {
	o := rewarded(t, 15)
	form := table(t, "市表.xlsx", []any{"序号", "作品名称", "类别", "作者", "单位", "奖项"})
	said, err := o.Report().SetSuperior(t.Context(), report.SuperiorRequest{
		Settings: superior.Settings{To: superior.City, Name: "示例市司法局"},
		Form:     form,
	})
	if err != nil || said == nil {
		t.Fatalf("%+v %v", said, err)
	}
	must(t, os.Remove(form))
	r, err := o.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over", "no_files"), report.BatchRequest{
		To:  superior.City,
		Dir: filepath.Join(t.TempDir(), "批"),
	}, words(t), nil)
	must(t, err)
	f, err := excelize.OpenFile(filepath.Join(r.Dir, "上报汇总表.xlsx"))
	must(t, err)
	defer f.Close()
	rows, err := f.GetRows("作品")
	if err != nil || len(rows) != 1+len(r.Works) || rows[0][5] != "奖项" || rows[1][5] == "" || rows[1][1] == "" {
		t.Errorf("%q %v", rows, err)
	}
	_, err = o.Report().SetSuperior(t.Context(), report.SuperiorRequest{
		Settings: superior.Settings{To: superior.City},
		Form:     form,
	})
	wantCode(t, err, judging.NotFound, "sheet.missing")
	if all, err := o.Report().Superiors(t.Context()); err != nil || all[0].Template != "市表.xlsx" {
		t.Errorf("a form that is gone took the place of the one there: %+v %v", all, err)
	}
}

func TestAwardsFromAboveFindTheirWorks(t *testing.T) {
	o, sent := packedUp(t)
	works := make([]judging.Work, 4)
	for i := range works {
		w, err := o.Work(t.Context(), string(sent.Works[i]))
		must(t, err)
		works[i] = w
	}
	list := table(t, "市名单.xlsx", []any{"编号", "作品名称", "作者", "单位", "奖项"},
		[]any{string(works[0].Code), "另一个名字", "某人", "", "一等奖"},
		[]any{"", works[1].Title, works[1].Authors[0] + "、他人", "别处", "二等奖"},
		[]any{"", works[2].Title, works[2].Authors[0], works[2].Unit, "三等奖"},
		[]any{"", "别县的作品", "他人", "他校", "一等奖"},
		[]any{"", works[3].Title, works[3].Authors[0], works[3].Unit, ""})
	r, err := o.Report().ImportAnswers(t.Context(), list, superior.City)
	if err != nil || r.Rows != 5 || r.Matched != 4 || len(r.Changed) != 3 || len(r.Unmatched) != 1 ||
		r.Unmatched[0].Row != 5 || r.Unmatched[0].File != "市名单.xlsx" {
		t.Fatalf("%+v %v", r, err)
	}
	again, err := o.Report().ImportAnswers(t.Context(), list, superior.City)
	if err != nil || len(again.Changed) != 0 || again.Matched != 4 {
		t.Errorf("again: %+v %v", again, err)
	}
	batches, err := o.Report().Batches(t.Context())
	if err != nil || batches[0].Answer[works[1].ID].Award != "二等奖" || batches[0].Answer[works[3].ID].Award != "" {
		t.Errorf("%+v %v", batches, err)
	}
	_, err = o.Report().ImportAnswers(
		t.Context(), table(t, "名单.xlsx", []any{"作品名称", "作者"}, []any{works[0].Title, works[0].Authors[0]}),
		superior.City,
	)
	wantCode(t, err, judging.Invalid, "batch.no_awards_in_list")
	_, err = o.Report().ImportAnswers(t.Context(), list, superior.Province)
	wantCode(t, err, judging.Closed, "batch.none_reported")
	_, err = o.Report().ImportAnswers(t.Context(), filepath.Join(t.TempDir(), "无.xlsx"), superior.City)
	wantCode(t, err, judging.NotFound, "sheet.missing")
}

func TestACertificateOfAnAwardThatWasTakenBackIsGenuineAndNoLongerHolds(t *testing.T) {
	o := rewarded(t, 15)
	r, err := o.Report().PrintCertificates(t.Context(), report.CertificateRequest{
		Out: filepath.Join(t.TempDir(), "证.pdf"),
	}, words(t))
	must(t, err)
	c, err := o.Contest(t.Context())
	must(t, err)
	awards, err := o.Awards().ListAwards(t.Context())
	must(t, err)
	a := awards[0]
	code := diploma.Key{
		Contest: c.ID,
		Secret:  c.Key,
	}.Code(diploma.Certificate{
		Number: r.First,
		Author: strings.Join(a.Authors, "、"),
		Title:  a.Title,
		Award:  a.Award,
	})
	rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: a.Work, Reason: "查实抄袭"})
	_, err = o.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	check, err := o.Report().VerifyCertificate(t.Context(), r.First, code)
	if err != nil || !check.Genuine || check.Current || check.Award != a.Award {
		t.Errorf("%+v %v", check, err)
	}
	left, err := o.Awards().ListAwards(t.Context())
	must(t, err)
	some, err := o.Report().PrintCertificates(t.Context(), report.CertificateRequest{
		Out:   filepath.Join(t.TempDir(), "一.pdf"),
		Works: []judging.WorkID{left[0].Work},
	}, words(t))
	if err != nil || some.Certificates != 1 || some.First == r.First {
		t.Errorf("one alone: %+v %v", some, err)
	}
}

func TestNamesThatCannotBePrintedStopCertificatesUnlessTheyShouldBePrintedAnyway(t *testing.T) {
	o := newOffice(t)
	rows := [][]any{header}
	for i := range 6 {
		rows = append(rows, []any{
			fmt.Sprintf("法治之光%d", i), "书法", "小学组", fmt.Sprintf("甲\U0003134F%d", i), "示例第一小学", "", "",
		})
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", rows...)}})
	addJudges(t, o, 6)
	publish(t, o)
	scoreAll(t, o)
	_, err := o.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	out := filepath.Join(t.TempDir(), "证.pdf")
	r, err := o.Report().PrintCertificates(t.Context(), report.CertificateRequest{Out: out}, words(t))
	wantCode(t, err, judging.Invalid, "report.unprintable")
	if _, gone := os.Stat(out); len(r.Lacking) == 0 || r.Lacking[0].Characters != "\U0003134F" || gone == nil {
		t.Errorf("%+v %v", r.Lacking, gone)
	}
	if all, err := o.Report().UnprintableNames(t.Context()); err != nil || len(all) != len(r.Lacking) {
		t.Errorf("%+v %v", all, err)
	}
	if r, err = o.Report().PrintCertificates(t.Context(), report.CertificateRequest{
		Out:    out,
		Anyway: true,
	}, words(t)); err != nil || r.Certificates == 0 || len(r.Lacking) == 0 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestMasksLieOnPicturesOfEveryKind(t *testing.T) {
	clear := dots(t, 1, 80, 60, false)
	o, w, j := planted(t, plantedRow, map[string][]byte{"1.png": clear, "2.mp3": plantedFiles(t)["5.mp3"]})
	mask := []judging.Mask{{X: 0, Y: 0, W: .5, H: 1}}
	must(t, o.Review().SetMasks(t.Context(), w.ID, 0, mask))
	entries, err := o.Journal(t.Context())
	must(t, err)
	must(t, o.Review().SetMasks(t.Context(), w.ID, 0, mask))
	if again, err := o.Journal(t.Context()); err != nil || len(again) != len(entries) {
		t.Errorf("the same masks are a change: %v", err)
	}
	got := seenBy(t, o, j, w, 0)
	if !bytes.HasPrefix(got, []byte("\x89PNG")) || bytes.Equal(got, clear) {
		t.Errorf("a picture that can be seen through became %q", got[:8])
	}
	wantCode(t, o.Review().SetMasks(t.Context(), w.ID, 1, mask), judging.Invalid, "blind.cannot_mask")
}

func TestLongWorkOnMediaStopsWhenAsked(t *testing.T) {
	o, w, _ := planted(t, plantedRow, plantedFiles(t))
	for name, do := range map[string]func(context.Context, func(int, int)) error{
		"blind": func(ctx context.Context, p func(int, int)) error { return reads(o.Review().BlindWorks(ctx, p)) },
		"thumbnails": func(ctx context.Context, p func(int, int)) error {
			return reads(o.WorkFiles().MakeThumbnails(ctx, p))
		},
		"duplicates": func(ctx context.Context, p func(int, int)) error {
			return reads(o.Duplicates().FindDuplicates(ctx, p))
		},
		"check": func(ctx context.Context, p func(int, int)) error { return reads(o.CheckContest(ctx, "", p)) },
	} {
		ctx, cancel := context.WithCancel(t.Context())
		steps := 0
		err := do(ctx, func(done, total int) { steps++; cancel() })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled after %d steps: %v", name, steps, err)
		}
		cancel()
	}
	if b, err := o.Review().PrepareBlind(t.Context(), w.ID); err != nil || b.Clean != len(w.Files) {
		t.Errorf("and goes on when asked again: %+v %v", b, err)
	}
}
