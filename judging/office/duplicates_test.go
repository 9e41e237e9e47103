package office_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/duplicates"
	"fayi/judging/office/intake"
)

// dots is a picture of dots, the same for the same seed, drawn at any size, mirrored or not.
func dots(t *testing.T, seed uint64, w, h int, mirrored bool) []byte {
	t.Helper()
	d := rand.New(rand.NewPCG(seed, 1))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for range 14 {
		x, y, r, v := d.Float64(), d.Float64(), 0.05+d.Float64()/8, uint8(40+d.IntN(200))
		for py := range h {
			for px := range w {
				dx, dy := float64(px)/float64(w)-x, float64(py)/float64(h)-y
				if mirrored {
					dx = 1 - float64(px)/float64(w) - x
				}
				if dx*dx+dy*dy < r*r {
					img.Set(px, py, color.RGBA{v, v / 2, 255 - v, 255})
				}
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const lent = "那天放学以后，我在街口看见一位老人坐在台阶上，手里攥着一张皱巴巴的借条，眼里满是无奈。他说钱借出去三年，邻居搬走了，电话也换了号码。"

// lookalikes is a contest of works of which some look, read or are called alike.
func lookalikes(t *testing.T) *office.Office {
	t.Helper()
	o := newOffice(t)
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"街灯.png":  dots(t, 1, 160, 120, false),
		"夜色.png":  dots(t, 1, 90, 70, true),
		"晨光.png":  dots(t, 2, 160, 120, false),
		"同光.png":  dots(t, 2, 160, 120, false),
		"借条.txt":  []byte(lent + "我陪他走到社区的法律服务站。"),
		"旧借条.txt": []byte("从前有一件事。" + lent),
		"碎片.png":  []byte("\x89PNG\r\n\x1a\nbroken"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rows := [][]any{header}
	for i, title := range []string{"街灯", "夜色", "晨光", "同光", "借条", "旧借条", "碎片"} {
		rows = append(rows, []any{title, "摄影", "", fmt.Sprintf("甲某%d", i), "示例一小", "", ""})
	}
	rows = append(rows, []any{
		"宪法伴我成长", "征文", "", "乙某", "示例二小", "", "",
	}, []any{"《宪法，伴我成长》组诗", "诗歌", "", "乙某", "示例二小", "", ""})
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", rows...)}, Media: []string{dir}})
	return o
}

func pairsOf(all []judging.Duplicate) (out []string) {
	for _, d := range all {
		out = append(out, d.ID())
	}
	return out
}

func TestCopiesAreFoundByBytesLookWordsAndTitle(t *testing.T) {
	o := lookalikes(t)
	all, err := o.Duplicates().FindDuplicates(t.Context(), nil)
	want := []string{
		"w000003+w000004/same_bytes", "w000001+w000002/similar_picture", "w000005+w000006/similar_text",
		"w000008+w000009/similar_title",
	}
	if err != nil || !slices.Equal(pairsOf(all), want) {
		t.Fatalf("%q %v", pairsOf(all), err)
	}
	if !all[1].Turned || all[1].Similarity < 0.9 || all[2].Similarity < 0.5 {
		t.Errorf("%+v", all)
	}
	v, err := o.Duplicates().ShowDuplicate(t.Context(), all[2].ID())
	if err != nil || len(v.Common) == 0 || !strings.Contains(v.Sides[1].Text[v.Common[0].B[0]:], "那天放学以后") {
		t.Errorf("%+v %v", v, err)
	}
}

func TestAVerdictOutlivesSearchesAndCanBeTakenBack(t *testing.T) {
	o := lookalikes(t)
	if _, err := o.Duplicates().FindDuplicates(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	const pair = "w000001+w000002/similar_picture"
	wantCode(
		t, o.Duplicates().DecideDuplicate(t.Context(), pair, judging.VerdictCopied, " "), judging.Invalid,
		"duplicates.needs_reason",
	)
	wantCode(
		t, o.Duplicates().DecideDuplicate(t.Context(), "w1+w2/same_bytes", judging.VerdictSame, ""), judging.NotFound,
		"duplicates.missing",
	)
	if err := o.Duplicates().DecideDuplicate(t.Context(), pair, judging.VerdictCopied, "镜像"); err != nil {
		t.Fatal(err)
	}
	all, err := o.Duplicates().FindDuplicates(t.Context(), nil)
	if last := all[len(all)-1]; err != nil || last.ID() != pair || last.Verdict.Verdict != judging.VerdictCopied ||
		last.Verdict.Why != "镜像" {
		t.Fatalf("%+v %v", all, err)
	}
	if err := o.Duplicates().DecideDuplicate(t.Context(), pair, "", ""); err != nil {
		t.Fatal(err)
	}
	if all, _ = o.Duplicates().ListDuplicates(t.Context()); all[1].ID() != pair || all[1].Verdict.Verdict != "" {
		t.Fatalf("%+v", all)
	}
	if _, err := o.Intake().UndoImport(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if all, _ = o.Duplicates().ListDuplicates(t.Context()); len(all) != 0 {
		t.Fatalf("pairs of works that are gone: %q", pairsOf(all))
	}
}

func TestACancelledSearchLeavesThePairsOfTheOneBefore(t *testing.T) {
	o := lookalikes(t)
	before, err := o.Duplicates().FindDuplicates(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.Duplicates().FindDuplicates(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
	after, err := o.Duplicates().ListDuplicates(t.Context())
	if err != nil || !slices.Equal(pairsOf(before), pairsOf(after)) {
		t.Fatalf("%q %v", pairsOf(after), err)
	}
}

func TestFormerWorksAreComparedWithButNotWithEachOther(t *testing.T) {
	former, o := lookalikes(t), newOffice(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "灯火.png"), dots(t, 1, 120, 90, false), 0o644); err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{
		Sources: []string{table(t, "新.xlsx", header, []any{"灯火", "摄影", "", "丙某", "示例三小", "", ""})},
		Media:   []string{dir},
	})
	works := former.Duplicates()
	r, err := o.Duplicates().AddReferences(t.Context(), duplicates.ReferenceRequest{From: &works, Set: "去年"}, nil)
	if err != nil || r.Added != 5 || r.Known != 1 || len(r.Skipped) != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	again, err := o.Duplicates().AddReferences(t.Context(), duplicates.ReferenceRequest{From: &works, Set: "去年"}, nil)
	if err != nil || again.Added != 0 {
		t.Fatalf("%+v %v", again, err)
	}
	all, err := o.Duplicates().FindDuplicates(t.Context(), nil)
	if err != nil || len(all) != 2 || all[0].From != "去年" || all[0].Works[0] != "w000001" {
		t.Fatalf("%+v %v", all, err)
	}
	f, err := o.Duplicates().OpenDuplicate(t.Context(), all[0].ID(), 1)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if n, err := o.Duplicates().DropReferences(t.Context(), "去年"); err != nil || n != 5 {
		t.Fatalf("%d %v", n, err)
	}
	if all, _ = o.Duplicates().ListDuplicates(t.Context()); len(all) != 0 {
		t.Fatalf("%+v", all)
	}
}

func TestAPaperThatReadsLikeATextIsFound(t *testing.T) {
	const essay = "On the way home from school I met an old man who sat on the steps and held a creased note in his " +
		"hand, for the money was lent three years ago and the " +
		"neighbour had moved away, so I went with him to the legal service where a lawyer read the note and told us " +
		"how to write to the court."
	body := "BT /F 4 Tf 5 50 Td (" + essay + ") Tj ET"
	paper := "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count " +
		"1>>\nendobj\n" +
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 100]/Contents 4 0 " +
		"R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n" +
		fmt.Sprintf(
			"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%%%EOF\n", len(body),
			body,
		)
	o := newOffice(t)
	dir := t.TempDir()
	for name, data := range map[string]string{
		"借条.pdf":  paper,
		"旧借条.txt": "Long ago. " + essay,
		"坏的.pdf":  "%PDF-1.4\nnothing\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rows := [][]any{header}
	for i, title := range []string{"借条", "旧借条", "坏的"} {
		rows = append(rows, []any{title, "征文", "", []string{"张一", "李二", "王三"}[i], "示例一小", "", ""})
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", rows...)}, Media: []string{dir}})
	all, err := o.Duplicates().FindDuplicates(t.Context(), nil)
	if err != nil || !slices.Equal(pairsOf(all), []string{"w000001+w000002/similar_text"}) {
		t.Fatalf("%v %v", pairsOf(all), err)
	}
	v, err := o.Duplicates().ShowDuplicate(t.Context(), all[0].ID())
	if err != nil || !strings.Contains(v.Sides[0].Text, "an old man") || len(v.Common) == 0 {
		t.Fatalf("%+v %v", v, err)
	}
}
