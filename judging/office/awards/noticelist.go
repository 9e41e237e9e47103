package awards

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/letter"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// NoticeReport says what a list for public notice holds.
type NoticeReport struct {
	Awards  int    `json:"awards"`
	Units   int    `json:"units"`
	Mentors int    `json:"mentors"`
	Draft   bool   `json:"draft"` // no notice stands yet: the paper is marked 征求意见稿
	Path    string `json:"path"`

	State records.State   `json:"state"`
	Open  []records.Point `json:"open_points"` // what the list goes out with
}

// ReportNotice writes the award list for public notice 公示名单: .docx as an official letter with its lists, else an
// Excel workbook. It shows what the standing or final notice showed; before one it is marked as a draft. It holds
// no phones and no identity numbers, no scores, and children's names as Rules.Minors says. Errors: Closed when no
// awards are decided, Unavailable.
func (o Notices) ReportNotice(ctx context.Context, path string, words paper.Words) (NoticeReport, error) {
	l, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (noticeList, error) {
		open, err := o.rec.Pass(ctx, tx, records.GateReport)
		if err != nil {
			return noticeList{}, err
		}
		l, err := loadNoticeList(tx)
		if err != nil {
			return l, err
		}
		won := map[judging.WorkID]string{}
		for _, a := range l.rows {
			won[a.Work] = a.Award
		}
		l.open = open
		l.said, err = records.SaidNow(tx, won)
		return l, err
	})
	if err != nil {
		return NoticeReport{}, err
	}
	if len(l.rows) == 0 {
		return NoticeReport{}, judging.Fail(judging.Closed, "awards.none", nil)
	}
	l.words, l.today = words, o.rec.Now()
	report := NoticeReport{Awards: len(l.rows), Units: len(l.units), Mentors: len(l.mentors), Draft: l.notice == nil,
		Path:  path,
		State: l.state, Open: l.open}
	return report, records.WriteFile(path, func(w io.Writer) error {
		if err := l.write(w, filepath.Ext(path)); err != nil || report.Draft {
			return err
		}
		return records.KeepIssued(ctx, o.rec, records.IssuedNotice, l.said) // without it there is no paper either
	})
}

// write writes the list as a letter or a workbook, by the ending of its file.
func (l noticeList) write(w io.Writer, ext string) error {
	if strings.EqualFold(ext, ".docx") {
		return letter.Write(w, l.letter().In(l.words))
	}
	return paper.WriteAwardList(w, l.workbook(), l.words)
}

// noticeList is a list for public notice.
type noticeList struct {
	contest judging.Contest
	notice  *judging.Notice // nil: a draft
	rows    []Award         // with names as they may appear in public
	units   []award.UnitHonour
	mentors []award.MentorHonour
	special []SpecialHonour // with names as they may appear in public
	words   paper.Words
	today   time.Time
	state   records.State
	open    []records.Point
	said    map[judging.WorkID]superior.Said // with full names
}

func loadNoticeList(tx store.Tx) (l noticeList, err error) {
	if l.contest, err = records.LoadContest(tx); err != nil {
		return l, err
	}
	if l.state, err = records.StateOf(tx); err != nil {
		return l, err
	}
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return l, err
	}
	if l.notice, err = records.Standing(tx); err != nil {
		return l, err
	}
	version, err := records.Last(tx, "decisions")
	if err != nil {
		return l, err
	}
	if l.notice != nil {
		version = l.notice.Shown()
	}
	decided, err := decisionsInOrder(tx, version)
	if err != nil {
		return l, err
	}
	_, works, err := records.ReadingOf(tx).Works()
	if err != nil {
		return l, err
	}
	awards := map[judging.WorkID]string{}
	for _, d := range decided {
		for _, g := range publicOrder(d) {
			w := works[g.Work]
			awards[g.Work] = g.Award
			l.rows = append(l.rows, publicAward(rules, d, g, w))
		}
	}
	counts, err := records.InContest(tx)
	if err != nil {
		return l, err
	}
	var b Board
	b.honour(rules, counts, works, awards)
	l.units = slices.DeleteFunc(b.Units, func(u award.UnitHonour) bool { return !u.Given })
	l.mentors = b.Mentors
	for _, h := range specials(rules, decided, works) {
		for i, s := range h.Works {
			row := Award{Award: h.Prize, Category: s.Category, Group: s.Group, Work: s.Work}
			public := Public(rules, row, works[s.Work])
			h.Works[i] = SpecialWork{Special: s.Special, Category: s.Category, Group: s.Group, Title: public.Title,
				Authors: public.Authors, Unit: public.Unit, Teachers: public.Teachers}
		}
		l.special = append(l.special, h)
	}
	return l, nil
}

// publicOrder sorts a list's grants by award, then place.
func publicOrder(d award.Decision) []award.Grant {
	rank := map[string]int{}
	for i, s := range d.Slots {
		rank[s.Award] = i
	}
	out := slices.Clone(d.Grants)
	slices.SortStableFunc(out, func(a, b award.Grant) int {
		if by := rank[a.Award] - rank[b.Award]; by != 0 {
			return by
		}
		return a.Place - b.Place
	})
	return out
}

// publicAward is a row without anything that the public is not to see.
func publicAward(rules judging.Rules, d award.Decision, g award.Grant, w judging.Work) Award {
	return Public(rules, Award{Award: g.Award, Category: d.Category, Group: d.Group, Work: w.ID}, w)
}

func (l noticeList) title(key string) string {
	mark := ""
	if l.notice == nil {
		mark = l.words("noticelist.draft", nil)
	}
	return l.words(key, map[string]any{"Contest": l.contest.Title()}) + mark
}

// period tells the days of the notice.
func (l noticeList) period() string {
	n := l.notice
	if n == nil {
		return l.words("noticelist.period_open", nil)
	}
	return l.words("noticelist.period", map[string]any{
		"From":  paperDay(n.From),
		"Until": paperDay(n.Until),
		"Days":  n.Days,
	})
}

func (l noticeList) contact() string {
	if l.notice == nil || l.notice.Contact == "" {
		return l.words("noticelist.contact_host", map[string]any{"Host": l.contest.Host})
	}
	return l.words("noticelist.contact", map[string]any{"Contact": l.notice.Contact})
}

// date is the notice's first day, a draft's today.
func (l noticeList) date() string {
	if l.notice == nil {
		return records.ChineseDate(l.today)
	}
	return paperDay(l.notice.From)
}

// paperDay writes 2020-05-12 as papers do.
func paperDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return records.ChineseDate(t)
}

// stateNote tells of which moment the paper is. What is pending stands on a draft only: the public sees what was
// decided.
func (l noticeList) stateNote() string {
	if l.notice != nil {
		return l.state.Note(nil, l.words)
	}
	return l.state.Note(l.open, l.words)
}

// workbook lays the list out as Excel sheets: the works, then the prizes of units and teachers.
func (l noticeList) workbook() paper.AwardList {
	list := paper.AwardList{Title: l.title("noticelist.title"), Contest: l.contest.Name,
		Note: l.period() + l.contact() + l.stateNote(), OneSheet: true, Host: l.contest.Host, Date: l.date(),
		Rehearsal: l.contest.Rehearsal, Sections: AwardSections(l.rows, false)}
	for _, t := range l.prizes() {
		p := paper.Paper{
			Name:    t.Title,
			Title:   t.Title,
			Note:    list.Note,
			Upright: true,
			Foot:    []string{l.contest.Host, l.date()},
			Signed:  2,
		}
		for i, head := range t.Head {
			p.Columns = append(p.Columns, paper.PaperColumn{
				Head:  head,
				Least: float64(t.Wide[i]),
				Most:  float64(t.Wide[i]) * 3,
			})
		}
		for _, row := range t.Rows {
			cells := make([]any, len(row))
			for i, text := range row {
				cells[i] = text
			}
			p.Rows = append(p.Rows, cells)
		}
		list.Papers = append(list.Papers, p)
	}
	return list
}

// letter lays the list out as an official notice with the lists on pages of their own.
func (l noticeList) letter() letter.Letter {
	works := letter.Table{
		Title: l.words("noticelist.works", nil),
		Head:  l.heads("no", "award", "category", "group", "title", "authors", "unit", "teachers"),
		Wide:  []int{6, 9, 8, 9, 19, 11, 19, 11},
	}
	for _, s := range AwardSections(l.rows, false) {
		for _, r := range s.Rows {
			works.Rows = append(works.Rows, []string{
				number(r.No), r.Award, s.Category, s.Group, r.Title, strings.Join(r.Authors, "、"), r.Unit,
				strings.Join(r.Teachers, "、"),
			})
		}
	}
	out := letter.Letter{Title: l.title("noticelist.letter_title"), From: l.contest.Host, Date: l.date(),
		Tables: append([]letter.Table{works}, l.prizes()...),
		Body: []string{l.words("noticelist.letter_body", map[string]any{"Contest": l.contest.Title(),
			"Works": len(l.rows)}), l.period(), l.contact(), l.words("noticelist.letter_end", nil), l.stateNote()}}
	for i := range out.Tables {
		out.Attachments = append(out.Attachments, out.Tables[i].Title)
		out.Tables[i].Mark = l.words("noticelist.attachment", map[string]any{"N": i + 1})
	}
	return out
}

func (l noticeList) heads(keys ...string) (out []string) {
	for _, k := range keys {
		out = append(out, l.words("paper.award_head_"+k, nil))
	}
	return out
}
