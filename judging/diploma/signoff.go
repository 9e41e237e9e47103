package diploma

import (
	"io"
	"strconv"
	"time"

	"fayi/judging"
)

// SignOffSheet 评分确认表 is what a judge signs on paper after a list is handed in: the totals as they count.
type SignOffSheet struct {
	Contest string // title, marked when it is a rehearsal
	Judge   string // name; "" leaves a line to write it on
	Round   judging.Round
	Rows    []SignOffRow
	Host    string    // 主办单位, may be empty
	Check   string    // of the list as handed in, a few signs that stand at the foot of each page; may be empty
	Made    time.Time // stands in the file; the date at the signature is written by hand
	Words   Words
}

// SignOffRow is one work as the judge saw it.
type SignOffRow struct {
	Code  judging.WorkCode
	Title string
	State judging.BallotState
	Total float64 // shown where State is Scored
}

// Margins of upright papers, in points.
const (
	marginSide   = 20 * mm
	marginTop    = 18 * mm
	marginBottom = 20 * mm
	insideWidth  = paperShort - 2*marginSide
)

// SignOff writes the sheet as PDF on A4: table over as many pages as it needs, page x of y on each, signature and
// date at the lower right of the last. Errors: those of w; Internal.
func SignOff(w io.Writer, s SignOffSheet) error {
	title := s.Words("diploma.signoff_title", map[string]any{
		"Contest": s.Contest,
		"Round":   roundName(s.Words, s.Round),
	})
	c, err := newCanvas(paperShort, paperLong, title, s.Made)
	if err != nil {
		return err
	}
	t := s.table()
	heading := fit(title, insideWidth, 60, 18, 12, c.measure(bold))
	top := marginTop + heading.height() + 32
	const tail = 110.0
	pages := t.paginate(c, paperLong-marginBottom-top, paperLong-marginBottom-marginTop, tail)
	for i, p := range pages {
		c.pdf.AddPage()
		y := marginTop
		if i == 0 {
			y = s.head(c, heading)
		}
		y = t.draw(c, p, marginSide, y)
		if i == len(pages)-1 {
			s.sign(c, y)
		}
		foot(c, s.Words, s.Check, i+1, len(pages))
	}
	return c.write(w)
}

func (s SignOffSheet) table() table {
	word := func(key string) string { return s.Words(key, nil) }
	t := table{size: 10.5, columns: []column{
		{
			word("diploma.head_no"),
			34,
			"center",
		}, {word("diploma.head_code"), 80, "center"}, {word("diploma.head_title"), insideWidth - 244, "left"},
		{word("diploma.head_total"), 62, "center"}, {word("diploma.head_state"), 68, "center"}}}
	for i, r := range s.Rows {
		total := "—"
		if r.State == judging.Scored {
			total = judging.Exact(r.Total).String()
		}
		t.rows = append(
			t.rows,
			[]string{strconv.Itoa(i + 1), string(r.Code), r.Title, total, word("diploma.state_" + string(r.State))},
		)
	}
	return t
}

// head writes the title and who the sheet is of, and returns where the table begins.
func (s SignOffSheet) head(c *canvas, heading fitted) float64 {
	y := c.block(bold, heading, paperShort/2, marginTop, "center") + 8
	scored := 0
	for _, r := range s.Rows {
		if r.State == judging.Scored {
			scored++
		}
	}
	name := s.Judge
	if name == "" {
		name = "＿＿＿＿＿＿"
	}
	c.text(regular, 11, marginSide, y+11, "left", s.Words("diploma.signoff_who", map[string]any{
		"Judge":  name,
		"All":    len(s.Rows),
		"Scored": scored,
	}))
	return marginTop + heading.height() + 32
}

// sign writes what the judge confirms and the lines for signature and date.
func (s SignOffSheet) sign(c *canvas, y float64) {
	said := c.wrap(regular, 11, insideWidth, s.Words("diploma.signoff_said", nil))
	y = c.block(regular, said, marginSide, y+12, "left") + 22
	right := paperShort - marginSide
	c.text(regular, 12, right, y, "right", s.Words("diploma.sign_judge", nil))
	c.text(regular, 12, right, y+28, "right", s.Words("diploma.sign_date", nil))
}

// foot writes page x of y and, at the left, a note.
func foot(c *canvas, words Words, note string, page, pages int) {
	y := paperLong - 12*mm
	c.text(regular, 9, paperShort/2, y, "center", words("paper.page", map[string]any{"Page": page, "Pages": pages}))
	c.text(regular, 8, marginSide, y, "left", note)
}

// roundName names a round: 初评, 复评, 终评, and further ones by number.
func roundName(words Words, r judging.Round) string {
	switch r {
	case 1:
		return words("paper.round_first", nil)
	case 2:
		return words("paper.round_second", nil)
	case 3:
		return words("paper.round_final", nil)
	}
	return words("paper.round_other", map[string]any{"N": int(r)})
}
