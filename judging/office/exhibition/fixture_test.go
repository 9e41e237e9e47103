package exhibition_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fayi/assets"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/sheet/paper"
	"fayi/judging/store/bolt"
	"fayi/judging/terms"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// reads drops what a call found.
func reads[T any](_ T, err error) error { return err }

// wordsIn speaks a language.
func wordsIn(t testing.TB, lang string) paper.Words {
	t.Helper()
	c, err := assets.Load()
	must(t, err)
	return c.In(lang).T
}

// chance gives the same bytes in every run.
type chance struct{ last byte }

func (c *chance) Read(p []byte) (int, error) {
	for i := range p {
		c.last = c.last*5 + 17
		p[i] = c.last
	}
	return len(p), nil
}

// begin makes a contest on disk, in which children's names are shown as minors says.
func begin(t testing.TB, minors terms.Minors) *office.Office {
	t.Helper()
	text := strings.Replace(string(rubrics.LegalCulture), `minors = "whole"`, `minors = "`+string(minors)+`"`, 1)
	r, err := rules.ParseRules(strings.NewReader(text))
	must(t, err)
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	cfg := office.Config{Dir: dir, Random: new(chance), Actor: "organiser", Cache: os.TempDir()}
	start := time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	var told atomic.Int64
	cfg.Now = func() time.Time { return start.Add(time.Duration(told.Add(1)) * time.Second) }
	cfg.DB, cfg.Blobs, err = bolt.Create(dir)
	must(t, err)
	o, err := office.Create(t.Context(), cfg, "2020年法治文化作品征集", "示例县司法局", r)
	must(t, err)
	t.Cleanup(func() { _ = o.Close() })
	return o
}

// row is a work of a list, and its files by the end of their names.
type row struct {
	title, category, group, authors, unit, consent string

	files map[string][]byte
}

// bring imports rows with their files from a folder.
func bring(t testing.TB, o *office.Office, rows []row) {
	t.Helper()
	dir := t.TempDir()
	grid := [][]any{{"序号", "作品名称", "类别", "组别", "作者", "单位", "是否同意展示"}}
	for i, r := range rows {
		grid = append(grid, []any{i + 1, r.title, r.category, r.group, r.authors, r.unit, r.consent})
		for end, data := range r.files {
			title := []rune(r.title)
			name := fmt.Sprintf("%03d-%s-%s%s", i+1, string(title[:min(len(title), 12)]), r.authors, end)
			must(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
		}
	}
	var book bytes.Buffer
	must(t, paper.WriteGrids(&book, []paper.Grid{{Name: "作品", Rows: grid}}))
	must(t, os.WriteFile(filepath.Join(dir, "作品.xlsx"), book.Bytes(), 0o600))
	got, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{dir}}, nil)
	must(t, err)
	if got.Accepted != len(rows) || len(got.Loose) > 0 {
		t.Fatalf("%+v, loose %+v, problems %+v", got.RowTally, got.Loose, got.Problems)
	}
}

// judge has judges score everything and the works awarded that are named; none names all. The list is final then.
func judge(t testing.TB, o *office.Office, named ...judging.WorkID) {
	t.Helper()
	ctx := t.Context()
	for i := range 4 {
		must(t, reads(o.Assignment().AddJudge(ctx, judging.Judge{Name: fmt.Sprintf("评委%c", 'A'+i), Unit: "示例协会"})))
	}
	seed := uint64(1)
	must(t, reads(o.Assignment().PlanAssignment(ctx, assignment.PlanRequest{Seed: &seed}, nil)))
	must(t, passing(ctx, func(ctx context.Context) error { return reads(o.Assignment().PublishPlan(ctx, "")) }))
	score(t, o)
	works, err := o.Works(ctx, office.WorkFilter{Status: judging.Accepted})
	must(t, err)
	for i, w := range works {
		if len(named) > 0 && i >= len(named) {
			break
		}
		id := w.ID
		if len(named) > 0 {
			id = named[i]
		}
		must(t, reads(o.Awards().RuleAward(ctx, award.Ruling{
			Kind: award.RuleGive, Work: id, Award: "优秀奖", Reason: "评委会决定",
		})))
	}
	finish(t, o)
}

// finish decides the awards, shows them, and makes them final.
func finish(t testing.TB, o *office.Office) {
	t.Helper()
	must(t, passing(t.Context(), func(ctx context.Context) error { return reads(o.Awards().DecideAwards(ctx, false)) }))
	must(t, passing(t.Context(), func(ctx context.Context) error {
		return reads(o.Notices().PublishAwards(ctx, awards.NoticeRequest{From: "2020-05-06", Days: 1, Past: true}))
	}))
	must(t, passing(t.Context(), func(ctx context.Context) error { return reads(o.Notices().FinalizeAwards(ctx)) }))
}

// score lets each judge score all that is theirs, with words on some.
func score(t testing.TB, o *office.Office) {
	t.Helper()
	ctx := t.Context()
	judges, err := o.Assignment().Judges(ctx)
	must(t, err)
	for i, j := range judges {
		d, err := o.Scoring().Desk(j.ID).Duties(ctx)
		must(t, err)
		for k, w := range d.Works {
			b := judging.Ballot{Code: w.Code, Marks: map[string]float64{}}
			for _, c := range d.Rubrics[w.Category].Criteria {
				b.Marks[c.Name] = float64(int(c.Weight * (0.7 + 0.02*float64((i+k)%13))))
			}
			if k%3 == 0 {
				b.Comment = "立意好，" + j.Name + "很喜欢。"
			}
			must(t, reads(o.Scoring().Desk(j.ID).Save(ctx, b)))
		}
		must(t, o.Scoring().SubmitScores(ctx, j.ID))
	}
}

// passing does something at a gate, ticking what it asks about.
func passing(ctx context.Context, do func(context.Context) error) error {
	err := do(ctx)
	if open, ok := err.(*office.OpenError); ok {
		if over, may := open.Over(ctx); may {
			return do(over)
		}
	}
	return err
}

// photo is a picture that looks like something: rings on a slope of colours.
func photo(t testing.TB, w, h int, tint uint8) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			dx, dy := x-w/2, y-h/2
			ring := uint8((dx*dx + dy*dy) / 700 % 256)
			p.SetRGBA(x, y, color.RGBA{ring, uint8(255 * y / h), tint + uint8(60*x/w), 255})
		}
	}
	var out bytes.Buffer
	must(t, jpeg.Encode(&out, p, &jpeg.Options{Quality: 88}))
	return out.Bytes()
}

// signed is a photo that names its maker in its Exif data.
func signed(t testing.TB, w, h int, name string) []byte {
	t.Helper()
	data := photo(t, w, h, 30)
	exif := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x3b\x01\x02\x00" +
		string([]byte{byte(len(name) + 1), 0, 0, 0}) +
		"\x1a\x00\x00\x00\x00\x00\x00\x00" + name + "\x00"
	head := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, byte((len(exif) + 2) >> 8), byte(len(exif) + 2)}, exif...)
	return append(head, data[2:]...)
}

// film is a short film whose data name their maker.
func film(t testing.TB, name string) []byte {
	t.Helper()
	return mediatest.Read(t, mediatest.FFmpeg(t, "影.mp4", "-f", "lavfi", "-i",
		"testsrc=duration=12:size=640x360:rate=5", "-pix_fmt", "yuv420p", "-metadata", "artist="+name))
}

// poem is a text of so many characters, in paragraphs.
func poem(n int) string {
	line := "法者，治之端也；君子者，法之原也。天下之事，不难于立法，而难于法之必行。"
	var out strings.Builder
	for out.Len() < n*3 {
		out.WriteString(strings.Repeat(line, 4) + "\n")
	}
	return string([]rune(out.String())[:n])
}
