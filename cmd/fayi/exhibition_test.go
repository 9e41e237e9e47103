package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/sheet/paper"
)

// photographs is a contest of n works of calligraphy, each a photograph of 4000×3000 of its own colour, all for one
// judge.
func photographs(t testing.TB, n int) string {
	t.Helper()
	return exhibition(t, n, func(i int) []byte { return photograph(t, i) })
}

// exhibition is a contest of n works of calligraphy with a picture each, all for one judge.
func exhibition(t testing.TB, n int, picture func(i int) []byte) string {
	t.Helper()
	base := t.TempDir()
	rows := [][]any{{"作品名称", "类别", "组别", "作者", "单位", "文件名"}}
	for i := range n {
		name := fmt.Sprintf("%02d.jpg", i+1)
		if err := os.WriteFile(filepath.Join(base, name), picture(i), 0o644); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, []any{
			fmt.Sprintf("墨迹%d", i+1), "书法", "成人组", fmt.Sprintf("甲某%d", i+1), fmt.Sprintf("示例第%d中学", i%5+1), name,
		})
	}
	f, err := os.Create(filepath.Join(base, "汇总表.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := paper.WriteGrids(f, []paper.Grid{{Name: "作品", Rows: rows}}); err != nil {
		t.Fatal(err)
	}
	return oneJudge(t, base)
}

// photograph is a JPEG with the grain of a real one and a field of its own colour in the middle.
func photograph(t testing.TB, n int) []byte {
	t.Helper()
	img := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	grain := rand.New(rand.NewPCG(uint64(n), 1))
	for i := range img.Y {
		img.Y[i] = uint8(90 + i/(4000*30) + int(grain.Uint32()&31))
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = uint8(100+n), uint8(150-2*n)
	}
	r, g, bl := color.YCbCrToRGB(uint8(60+5*n), uint8(60+4*n), uint8(200-4*n))
	y, cb, cr := color.RGBToYCbCr(r, g, bl)
	for py := 1200; py < 1800; py++ {
		for px := 1600; px < 2400; px++ {
			img.Y[img.YOffset(px, py)] = y
			img.Cb[img.COffset(px, py)], img.Cr[img.COffset(px, py)] = cb, cr
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 88}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// oneJudge brings the folder in and gives every work to one judge.
func oneJudge(t testing.TB, material string) string {
	t.Helper()
	ctx := t.Context()
	rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		t.Fatal(err)
	}
	rules.PerWork = 1
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	cfg, err := files().Blank(dir)
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(ctx, cfg, "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if _, err := o.Intake().ImportWorks(ctx, intake.ImportRequest{Sources: []string{material}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().AddJudge(ctx, judging.Judge{Name: "评委甲", Unit: "示例协会"}); err != nil {
		t.Fatal(err)
	}
	seed := uint64(1)
	if _, err := o.Assignment().PlanAssignment(ctx, assignment.PlanRequest{Seed: &seed}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(office.Ticking(ctx, "import_problems"), ""); err != nil {
		t.Fatal(err)
	}
	return dir
}
