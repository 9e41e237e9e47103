package judge_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fayi/app/judge"
	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

// shown opens the work called title and returns the bench.
func shown(t *testing.T, works []entry, title string) *bench {
	t.Helper()
	return shownOn(t, officeOf(t, works).Scoring().Desk("j001"), title)
}

func shownOn(t *testing.T, book judging.Ballots, title string) *bench {
	t.Helper()
	b := sit(t, book)
	for _, w := range b.duties().Works {
		if w.Title == title {
			kittest.TapRow(t, b.root, string(w.Code), 2)
		}
	}
	b.shows("第 ", title)
	return b
}

// seen is the picture on the screen as drawn.
func (b *bench) seen() image.Image {
	b.t.Helper()
	found := kittest.All[*canvas.Raster](b.root)
	if len(found) != 1 {
		b.t.Fatalf("%d pictures on the screen", len(found))
	}
	return found[0].Generator(800, 600)
}

// drawn is the box around what is drawn of a picture.
func drawn(m image.Image) image.Rectangle {
	var box image.Rectangle
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			if _, _, _, a := m.At(x, y).RGBA(); a > 0 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

func TestPicturesAreFittedEnlargedAndTurnedOver(t *testing.T) {
	b := shown(t, []entry{{"组照", "摄影", map[string][]byte{
		"甲某1.png": pictureOf(t, 400, 1200),
		"甲某2.png": pictureOf(t, 1600, 100),
	}}}, "组照")
	b.shows("图 1/2", "放大 空格")
	if got := drawn(b.seen()); got != image.Rect(300, 0, 500, 600) {
		t.Errorf("upright picture drawn at %v", got)
	}
	b.Win.Canvas().Unfocus()
	b.press(fyne.KeySpace)
	b.shows("100%　看全图 空格")
	if got := drawn(b.seen()); got != image.Rect(200, 0, 600, 600) {
		t.Errorf("enlarged picture drawn at %v", got)
	}
	b.press(fyne.KeySpace, fyne.KeyRightBracket)
	b.shows("图 2/2")
	if got := drawn(b.seen()); got != image.Rect(0, 275, 800, 325) {
		t.Errorf("wide picture drawn at %v", got)
	}
	b.press(fyne.KeyRightBracket, fyne.KeyLeftBracket, fyne.KeyLeftBracket)
	b.shows("图 1/2")
}

func TestTheWheelEnlargesAroundThePointerAndDraggingStaysInside(t *testing.T) {
	b := shown(t, []entry{{"长卷", "绘画", map[string][]byte{"甲某.png": pictureOf(t, 2400, 1800)}}}, "长卷")
	b.seen()
	var z interface {
		fyne.Scrollable
		fyne.Draggable
		fyne.DoubleTappable
	}
	kittest.Walk(b.root, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if x, ok := o.(interface {
			fyne.Scrollable
			fyne.Draggable
			fyne.DoubleTappable
		}); ok {
			z = x
		}
		return true
	})
	up := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 120)}
	up.Position = fyne.NewPos(0, 0)
	z.Scrolled(up)
	b.shows("44%")
	whole := b.seen()
	if r, _, _, _ := whole.At(0, 0).RGBA(); r>>8 < 200 {
		t.Error("the corner under the pointer moved away")
	}
	for range 50 {
		z.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-300, -300)})
	}
	if got := drawn(b.seen()); got != image.Rect(0, 0, 800, 600) {
		t.Errorf("dragged out of sight: %v", got)
	}
	for range 20 {
		z.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 90)})
	}
	b.shows("800%")
	z.DoubleTapped(&fyne.PointEvent{})
	b.shows("放大 空格")
}

// withheld gives no file: none was looked at by the staff.
type withheld struct{ judging.Ballots }

func (withheld) OpenFile(_ context.Context, code judging.WorkCode, n, _ int) (judging.OpenFile, error) {
	return judging.OpenFile{}, judging.Fail(judging.Closed, "blind.not_clean", judging.Args{"Work": code, "N": n + 1})
}

// TestAFileThatIsWithheldIsNotOfferedToOtherPrograms: they get none either.
func TestAFileThatIsWithheldIsNotOfferedToOtherPrograms(t *testing.T) {
	works := []entry{{"山水", "绘画", map[string][]byte{"山水.png": pictureOf(t, 9, 9)}}}
	b := shownOn(t, withheld{officeOf(t, works).Scoring().Desk("j001")}, "山水")
	b.shows("还没有通过盲评检查")
	if kittest.Shows(b.root, "用系统程序打开") {
		t.Errorf("shown %q", kittest.Texts(b.root))
	}
}

func TestWhatCannotBeDrawnSaysWhyAndOpensElsewhereWithoutItsName(t *testing.T) {
	film := []byte("\x00\x00\x00\x18ftypmp42" + strings.Repeat("x", 5000))
	works := []entry{
		{"坏图", "绘画", map[string][]byte{"甲某的坏图.png": pictureOf(t, 9, 9)}},
		{"短片", "微视频", map[string][]byte{"甲某的短片.mp4": film}},
		{"剪纸", "剪纸", nil},
	}
	for title, want := range map[string][]string{
		"坏图": {"图片 · ", "可能已损坏", "请举手", "用系统程序打开"},
		"短片": {"视频 · 5 KB", "放不出来", "用系统程序打开"},
		"剪纸": {"这件作品没有文件"},
	} {
		book := judging.Ballots(officeOf(t, works).Scoring().Desk("j001"))
		switch title {
		case "坏图":
			book = &serving{book, append([]byte("\xFF\xD8\xFF\xE0"), make([]byte, 3000)...)}
		case "短片":
			book = &serving{book, film}
		}
		b := shownOn(t, book, title)
		b.shows(want...)
		if kittest.Shows(b.root, "甲某") {
			t.Errorf("shown %q", kittest.Texts(b.root))
		}
		if len(want) == 3 {
			b.opensElsewhere(title)
		}
	}
}

// serving is a desk on whose disk every file has become the same one.
type serving struct {
	judging.Ballots
	data []byte
}

func (s *serving) OpenFile(context.Context, judging.WorkCode, int, int) (judging.OpenFile, error) {
	return judging.OpenFile{ReadSeekCloser: memory{bytes.NewReader(s.data)}, Size: int64(len(s.data))}, nil
}

// memory is a file that needs no closing.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// opensElsewhere presses the button and looks for the copy, which must be gone when the desk is left.
func (b *bench) opensElsewhere(title string) {
	b.t.Helper()
	temp := b.t.TempDir()
	b.t.Setenv("TMPDIR", temp)
	b.t.Setenv("TMP", temp)
	programs := b.t.TempDir()
	if err := os.WriteFile(filepath.Join(programs, "xdg-open"), []byte("#!/bin/sh\nexit 0\n"), 0o700); err != nil {
		b.t.Fatal(err)
	}
	b.t.Setenv("PATH", programs+string(os.PathListSeparator)+os.Getenv("PATH"))
	kittest.Tap(b.t, b.root, "用系统程序打开")
	copies, _ := filepath.Glob(filepath.Join(temp, "*", "*"))
	if len(copies) != 1 || len(b.Errors) > 0 {
		b.t.Fatalf("%s: copies %v, errors %v", title, copies, b.Errors)
	}
	for _, w := range b.duties().Works {
		if w.Title == title && !strings.HasPrefix(filepath.Base(copies[0]), string(w.Code)) {
			b.t.Errorf("the copy is called %s", copies[0])
		}
	}
	b.page.(kit.Leaver).Leave()
	if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
		b.t.Errorf("left behind: %v", left)
	}
}

func TestAFileThatComesLateIsNotShownWithAnotherWork(t *testing.T) {
	works := []entry{{"甲图", "绘画", map[string][]byte{
		"a.png": pictureOf(t, 800, 600),
	}}, {"乙图", "绘画", map[string][]byte{
		"b.png": pictureOf(t, 100, 600),
	}}}
	for _, backwards := range []bool{false, true} {
		b := &bench{Shell: kittest.New(t), t: t, book: officeOf(t, works).Scoring().Desk("j001")}
		sh := &slow{Shell: b.Shell}
		b.page = judge.NewDesk(sh, b.book, func() {})
		b.root = b.Open(b.page)
		sh.on = true
		kittest.Tap(t, b.root, "去评分")
		kittest.Tap(t, b.root, "下一件")
		sh.let(backwards)
		second := b.duties().Works[1]
		want := map[string]int{"甲图": 800, "乙图": 100}[second.Title]
		b.shows(second.Title)
		if got := drawn(b.seen()); got.Dx() != want {
			t.Errorf("backwards %v: drawn %v, want %d wide", backwards, got, want)
		}
	}
}

func TestNothingOnABallotTellsWhoMadeTheWork(t *testing.T) {
	b := atWork(t, newOffice(t, 6).Scoring().Desk("j002"))
	for i := range b.duties().Works {
		b.shows(fmt.Sprintf("第 %d 件", i+1))
		for _, secret := range []string{"甲某", "示例第", ".png", ".txt", "评委A", "评委C"} {
			if kittest.Shows(b.root, secret) {
				t.Errorf("work %d shows %q", i+1, secret)
			}
		}
		b.Win.Canvas().Unfocus()
		b.press(fyne.KeyRight)
	}
}

// pdfOf is a PDF of n empty pages.
func pdfOf(n int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	objects := []string{"<</Type/Catalog /Pages 2 0 R>>", ""}
	kids := ""
	for i := range n {
		kids += fmt.Sprintf("%d 0 R ", i+3)
		objects = append(objects, "<</Type/Page /Parent 2 0 R /MediaBox[0 0 200 100]>>")
	}
	objects[1] = fmt.Sprintf("<</Type/Pages /Kids[%s] /Count %d>>", kids, n)
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// printed is a desk on which every work is the same PDF.
type printed struct{ serving }

func (p *printed) Duties(ctx context.Context) (judging.Duties, error) {
	d, err := p.Ballots.Duties(ctx)
	for i := range d.Works {
		d.Works[i].Files = []judging.BlindFile{{Kind: "document", Bytes: int64(len(p.data))}}
	}
	return d, err
}

func TestPagesOfAPDFAreTurnedAndEnlarged(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	desk := deskOf(t, 4)
	b := atWork(t, &printed{serving{desk, pdfOf(3)}})
	b.shows("第 1/3 页", "往下看 空格")
	b.typing("1]")
	b.shows("第 2/3 页")
	b.Win.Canvas().Capture()
	b.press(fyne.KeyF6)
	b.shows("放大 空格")
	b.typing(" ")
	b.shows("看全图")
	b.typing("]")
	b.typing("]")
	b.shows("第 3/3 页")
	b.typing("[")
	b.shows("第 2/3 页")
	if got := b.fields()[0].Entry().Text; got != "1" {
		t.Errorf("the mark reads %q", got)
	}
	b.page.(kit.Leaver).Leave()
	b = atWork(t, &printed{serving{desk, []byte("%PDF-1.7 法治")}})
	b.shows("可能已损坏", "请举手", "用系统程序打开")
	b.page.(kit.Leaver).Leave()
}

func TestAWorkIsLookedAtAsTheOneBefore(t *testing.T) {
	b := shown(t, []entry{{"长卷", "摄影", map[string][]byte{
		"甲某1.png": pictureOf(t, 600, 4200),
		"甲某2.png": pictureOf(t, 601, 4200),
	}}}, "长卷")
	b.seen()
	b.press(fyne.KeyF7)
	b.shows("往下看 空格")
	if got := drawn(b.seen()); got != image.Rect(0, 0, 800, 600) {
		t.Errorf("as wide as its room it is drawn at %v", got)
	}
	top := b.seen()
	b.typing(" ")
	if slices.Equal(top.(*image.RGBA).Pix, b.seen().(*image.RGBA).Pix) {
		t.Error("Space does not read on")
	}
	b.typing("]")
	b.shows("图 2/2", "往下看 空格")
	b.press(fyne.KeyF8)
	b.seen()
	b.shows("50%")
	if got := b.fields()[0].Entry().Text; got != "" {
		t.Errorf("the mark reads %q", got)
	}
}

func TestOneKeyGivesTheWorkTheWholeScreen(t *testing.T) {
	b := atWork(t, deskOf(t, 4))
	b.press(fyne.KeyF11)
	if len(b.fields()) != 0 || !b.Filled || b.Win.Canvas().Focused() != nil {
		t.Error("marks are still there, or a field that is not seen has the cursor")
	}
	b.press(fyne.KeyRight)
	if len(b.fields()) != 0 {
		t.Error("the next work has not the whole screen")
	}
	b.press(fyne.KeyEscape)
	b.shows("第 2 件", "保存并下一件")
	if b.Filled {
		t.Error("the window still fills the screen")
	}
	if m := kittest.Misfits(b.Win); len(m) > 0 {
		t.Errorf("back from the whole screen: %v", m)
	}
}
