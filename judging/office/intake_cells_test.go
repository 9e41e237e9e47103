package office_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"github.com/xuri/excelize/v2"
)

// pictureList is a workbook of two works with pictures in their rows, a mark over the table and a seal below it.
func pictureList(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{
		{"作品汇总"}, {"作品名称", "类别", "组别", "作者", "单位"}, {"光", "书法", "小学组", "甲某", "一小"}, {"影", "书法", "小学组", "乙某", "一小"},
	} {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	for i, cell := range []string{"F1", "F3", "F4", "G4", "A20"} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, i+1, 1))); err != nil {
			t.Fatal(err)
		}
		if err := f.AddPictureFromBytes("Sheet1", cell, &excelize.Picture{
			Extension: ".png",
			File:      b.Bytes(),
			Format:    &excelize.GraphicOptions{},
		}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "带图.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPicturesInCellsAreFilesOfTheirRowsWork(t *testing.T) {
	o := newOffice(t)
	req := intake.ImportRequest{Sources: []string{pictureList(t)}}
	dry := req
	dry.DryRun = true
	if r := importAll(t, o, dry); r.Files.Matched != 3 {
		t.Fatalf("preview: %+v", r.Files)
	}
	r := importAll(t, o, req)
	works, _ := o.Works(t.Context(), office.WorkFilter{})
	if r.Files.Attached != 3 || len(works) != 2 || len(works[0].Files) != 1 || len(works[1].Files) != 2 ||
		works[1].Files[0].Kind != "picture" {
		t.Fatalf("%+v %+v", r.Files, works)
	}
	if err := o.Intake().DetachFile(t.Context(), works[0].ID, 0); err != nil {
		t.Fatal(err)
	}
	if r := importAll(t, o, req); r.Files.Attached != 0 {
		t.Fatalf("a picture taken off came back: %+v", r.Files)
	}
}

func TestAFileThatBreaksOffIsToldAndTheRestGoesOn(t *testing.T) {
	o := newOffice(t)
	dir := mediaFolder(t, "宪法在心中-甲某.txt", "守法歌谣-丙某.txt")
	lost := filepath.Join(dir, "守法歌谣-丙某.txt")
	req := intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", twoWorks...)}, Media: []string{dir}}
	// the stick is pulled while rows are read
	r, err := o.Intake().ImportWorks(t.Context(), req, func(int, int) { os.Remove(lost) })
	if err != nil {
		t.Fatal(err)
	}
	if r.Accepted != 2 || r.Files.Attached != 1 || r.Files.Unread != 1 || r.Loose[0].Path != "守法歌谣-丙某.txt" ||
		r.Loose[0].Text != "media.unreadable" {
		t.Fatalf("%+v %+v", r.Files, r.Loose)
	}
	if err := os.WriteFile(lost, []byte("又插上了"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := importAll(t, o, req); r.Files.Attached != 1 || r.Files.Unread != 0 {
		t.Fatalf("plugged in again: %+v", r.Files)
	}
}

func TestLongNamesAndTwoRowsThatClaimOneFile(t *testing.T) {
	o := newOffice(t)
	deep := strings.Repeat("很深的文件夹/", 20) + "宪法在心中-甲某-" + strings.Repeat("长", 60) + ".txt"
	dir := mediaFolder(t, deep, "IMG_7.txt")
	two := table(
		t, "甲.xlsx", append(slices.Clone(header), "文件名"),
		[]any{"宪法在心中", "书法", "小学组", "甲某", "示例一小", "", "", "IMG_7.txt"},
		[]any{"守法歌谣", "歌曲", "", "丙某", "示例二小", "", "", "IMG_7.txt"},
	)
	r := importAll(t, o, intake.ImportRequest{Sources: []string{two}, Media: []string{dir}})
	if r.Files.Doubtful != 1 || r.Files.Attached != 1 {
		t.Fatalf("%+v %+v", r.Files, r.Loose)
	}
	got := reconcile(t, o)
	i := slices.IndexFunc(got.Doubtful, func(f intake.WaitingFile) bool { return f.Path == "IMG_7.txt" })
	if i < 0 || len(got.Doubtful[i].Offers) != 2 {
		t.Fatalf("%+v", got.Doubtful)
	}
	if len(deep) < 260 {
		t.Fatal("the path is not long")
	}
	for _, w := range got.Matched {
		if w.Title != "宪法在心中" {
			t.Fatalf("%+v", w)
		}
	}
	var told *judging.Error
	if err := o.Intake().AttachFile(t.Context(), got.Doubtful[i].ID, "w999999", false); !errors.As(err, &told) ||
		told.Code != judging.NotFound {
		t.Fatalf("%v", err)
	}
}
