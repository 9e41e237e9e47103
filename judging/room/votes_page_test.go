package room_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office/collecting"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
	"fayi/judging/room/roomtest"
	"fayi/judging/voting"
)

// spoken is a contest whose four judges speak of all works by one rule, each through another door.
type spoken struct {
	*testing.T
	*roomtest.House
	rule voting.Rule
	said map[judging.JudgeID]map[judging.WorkCode]float64
}

// TestEveryDoorBringsTheSameOfEachKind has a judge at the desk, one with a packet, one on a score sheet and one in a
// browser speak by each kind of rule, and compares results and places with a plain count of what they said.
func TestEveryDoorBringsTheSameOfEachKind(t *testing.T) {
	for _, rule := range []voting.Rule{
		{Kind: voting.Ranking, Places: 3, Exactly: true},
		{Kind: voting.Points, Points: 10, Exactly: true},
		{Kind: voting.Votes, Votes: 2, Exactly: true},
		{Kind: voting.Approval, Pass: "2/3"},
	} {
		if testing.Short() && !rule.Typed() {
			continue // their doors have tests of their own
		}
		t.Run(string(rule.Kind), func(t *testing.T) {
			s := &spoken{T: t, rule: rule, said: map[judging.JudgeID]map[judging.WorkCode]float64{}}
			s.House = opened(t, roomtest.Contest{Works: 12, Judges: 4, PerWork: 4, Voting: &rule})
			s.speak(s.Office.Scoring().Desk("j001"), "j001", "")
			s.atHome("j002")
			s.onSheet("j003")
			s.inBrowser("j004")
			s.compare()
		})
	}
}

// thinks makes up what a judge says: in each list another order of the works, and marks in it that the rule allows.
func (s *spoken) thinks(judge judging.JudgeID) (judging.Duties, map[judging.WorkCode]float64) {
	s.Helper()
	in := listOf(s.T, s.House, judge)
	lists := map[string][]judging.WorkCode{}
	for _, w := range in.Works {
		lists[w.List] = append(lists[w.List], w.Code)
	}
	turn := int(judge[3] - '0')
	out := map[judging.WorkCode]float64{}
	for _, codes := range lists {
		slices.Sort(codes)
		for n := range codes {
			code := codes[(n*3+turn)%len(codes)]
			out[code] = map[voting.Kind][]float64{
				voting.Approval: {1, .5, 0, 1}, voting.Votes: {1, 1, 0, 0}, voting.Ranking: {1, 2, 3, 0},
				voting.Points: {6, 3, 1, 0},
			}[s.rule.Kind][n]
		}
	}
	s.said[judge] = out
	return in, out
}

// speak says it all to a desk, after a list that breaks the rule was refused.
func (s *spoken) speak(desk judging.Ballots, judge judging.JudgeID, secret string) {
	s.Helper()
	in, out := s.thinks(judge)
	save := func(code judging.WorkCode, mark float64) {
		s.Helper()
		b := judging.Ballot{Code: code, Marks: map[string]float64{s.rule.Name(): mark}}
		if got, err := desk.Save(s.Context(), b); err != nil || got.State != judging.Scored {
			s.Fatal(got, err)
		}
	}
	if s.rule.Kind != voting.Approval {
		for _, w := range in.Works {
			save(w.Code, s.rule.Scale())
		}
		if err := desk.Submit(s.Context(), secret); judging.CodeOf(err) != judging.Clash {
			s.Errorf("%s: a list that breaks the rule is taken: %v", judge, err)
		}
	}
	for _, w := range in.Works {
		save(w.Code, out[w.Code])
	}
	if err := desk.Submit(s.Context(), secret); err != nil {
		s.Fatal(err)
	}
}

func (s *spoken) atHome(judge judging.JudgeID) {
	s.Helper()
	dir := s.TempDir()
	path := filepath.Join(dir, "评审包"+packet.Ending)
	_, err := s.Office.Packets().SealPacket(
		s.Context(), judge, path, packets.SealOptions{Passphrase: mixedPhrase}, nil,
	)
	if err != nil {
		s.Fatal(err)
	}
	p, err := packet.Open(s.Context(), packet.Place{File: path, Dir: filepath.Join(dir, "家"), Now: time.Now},
		mixedPhrase, nil)
	if err != nil {
		s.Fatal(err)
	}
	defer p.Close()
	s.speak(p, judge, mixedPhrase)
	reply := filepath.Join(dir, string(judge)+packet.ReplyEnding)
	if err := p.WriteReply(reply); err != nil {
		s.Fatal(err)
	}
	r, err := s.Office.Packets().CollectReply(s.Context(), reply, scoring.TakeNone)
	if err != nil || len(r.Refused) > 0 {
		s.Fatalf("%+v, %v", r, err)
	}
}

// onSheet fills in the score sheet of a judge, in the column of the round's name.
func (s *spoken) onSheet(judge judging.JudgeID) {
	s.Helper()
	_, out := s.thinks(judge)
	words, err := assets.Load()
	if err != nil {
		s.Fatal(err)
	}
	paths, err := s.Office.Scoring().WriteScoreSheets(s.Context(), s.TempDir(), judge, words.In("zh-Hans").T)
	if err != nil || len(paths) != 1 {
		s.Fatal(paths, err)
	}
	f, err := excelize.OpenFile(paths[0])
	if err != nil {
		s.Fatal(err)
	}
	defer f.Close()
	filled := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			s.Fatal(err)
		}
		column := -1
		for r, row := range rows {
			if i := slices.IndexFunc(row, func(c string) bool { return strings.HasPrefix(c, s.rule.Name()) }); i >= 0 {
				column = i
			}
			for _, cell := range row {
				if mark, ok := out[judging.WorkCode(cell)]; ok && column >= 0 {
					at, _ := excelize.CoordinatesToCellName(column+1, r+1)
					if err := f.SetCellValue(sheet, at, mark); err != nil {
						s.Fatal(err)
					}
					filled++
				}
			}
		}
	}
	if err := f.Save(); err != nil || filled != len(out) {
		s.Fatalf("%d of %d filled in, %v", filled, len(out), err)
	}
	got, err := s.Office.Collecting().CollectScores(s.Context(), paths, collecting.Options{})
	if err != nil || len(got.Files) != 1 || len(got.Files[0].Problems) > 0 {
		s.Fatalf("%+v, %v", got, err)
	}
	if err := s.Office.Scoring().SubmitScores(s.Context(), judge); err != nil {
		s.Fatal(err)
	}
}

func (s *spoken) inBrowser(judge judging.JudgeID) {
	s.Helper()
	in, out := s.thinks(judge)
	b := newBrowser(s.T, laptop)
	b.open(s.Address(judge))
	b.until("the list", "document.querySelector('[data-go]')")
	switch {
	case s.rule.Kind == voting.Ranking:
		s.order(b, in, out)
	case s.rule.Typed():
		b.begin()
		for range in.Works {
			code, _ := b.where()
			b.until("the cursor in a mark", "document.activeElement.hasAttribute('data-mark')")
			b.keys(strings.Split(strconv.Itoa(int(out[judging.WorkCode(code)])), "")...)
			b.shot("points")
			b.keys(kb.Enter)
			b.leaves(code)
		}
	default:
		b.begin()
		for range in.Works {
			b.until("the words", "document.querySelector('[data-say]:not([disabled])')")
			code := value[string](b, "document.querySelector('.sheet h1 small').innerText.split(' ')[0]")
			b.press(fmt.Sprintf(`[data-say="%v"]`, out[judging.WorkCode(code)]))
			b.press("[data-next]")
			b.leaves(code)
		}
	}
	handIn(b, "")
}

// order ranks on the page of places: by typing, which moves others down, by a button, by the mouse, and by keys; then
// all others get none.
func (s *spoken) order(b *browser, in judging.Duties, out map[judging.WorkCode]float64) {
	s.Helper()
	b.pressWords("排名次")
	lists := map[string][]judging.WorkCode{}
	for _, w := range in.Works {
		if out[w.Code] > 0 {
			lists[w.List] = append(lists[w.List], w.Code)
		}
	}
	shown := func(list string, codes ...judging.WorkCode) {
		s.Helper()
		b.until(fmt.Sprint(list, codes), fmt.Sprintf(
			`Array.from(document.querySelectorAll('[data-order=%s] li')).filter(e => e.querySelector('input').value)
			.map(e => e.dataset.code + e.querySelector('input').value).join() === %s`,
			quote(list), quote(numbered(codes)),
		))
	}
	for list, codes := range lists {
		slices.SortFunc(codes, func(a, c judging.WorkCode) int { return int(out[a] - out[c]) })
		first, second, third := codes[0], codes[1], codes[2]
		row := func(code judging.WorkCode) string {
			return `[data-order="` + list + `"] li[data-code="` + string(code) + `"]`
		}
		b.typePlace(row(second), "1")
		shown(list, second)
		b.typePlace(row(first), "1")
		shown(list, first, second)
		b.typePlace(row(third), "3")
		shown(list, first, second, third)
		b.press(row(third) + ` button[aria-label$="上移"]`)
		shown(list, first, third, second)
		b.drag(row(first)+" .grip", row(second)) // behind it: the lower half
		shown(list, third, second, first)
		b.js(`document.querySelector(` + quote(row(first)+" input") + `).focus()`)
		up := chromedp.KeyEvent(kb.ArrowUp, chromedp.KeyModifiers(chromedp.ModifierAlt))
		b.run(up)
		shown(list, third, first, second)
		b.run(up) // the keyboard is still there
		shown(list, first, third, second)
		b.press(row(second) + ` button[aria-label$="上移"]`)
		shown(list, first, second, third)
	}
	b.shot("order")
	b.press("[data-rest]")
	b.press("[data-rest-sure]")
	b.press("[data-review]")
}

// numbered is each code with its place.
func numbered(codes []judging.WorkCode) string {
	var out []string
	for i, c := range codes {
		out = append(out, string(c)+strconv.Itoa(i+1))
	}
	return strings.Join(out, ",")
}

func (b *browser) typePlace(row, place string) {
	b.t.Helper()
	b.press(row + " input")
	b.js(`document.querySelector(` + quote(row+" input") + `).select()`)
	b.keys(place, kb.Tab)
}

// drag takes one thing with the mouse and lets it go in the lower half of another.
func (b *browser) drag(what, onto string) {
	b.t.Helper()
	x, y := b.at(what)
	to := value[[]float64](b, `(() => { const r = document.querySelector(`+quote(onto)+`).getBoundingClientRect();
		return [r.left + 20, r.top + r.height * .8]; })()`)
	mouse := func(kind input.DispatchMouseEventType, x, y float64) step {
		return send(input.DispatchMouseEvent, input.DispatchMouseEventParams{
			Type: kind, X: x, Y: y, Button: "left", Buttons: 1, ClickCount: 1,
		})
	}
	b.run(mouse("mousePressed", x, y), mouse("mouseMoved", x, (y+to[1])/2), mouse("mouseMoved", to[0], to[1]),
		mouse("mouseReleased", to[0], to[1]))
}

// compare counts plainly what was said, and wants it of results and places.
func (s *spoken) compare() {
	s.Helper()
	for judge, out := range s.said {
		in := listOf(s.T, s.House, judge)
		if !in.Submitted {
			s.Errorf("%s has not handed in", judge)
		}
		for _, w := range in.Works {
			if w.State != judging.Scored || w.Total != out[w.Code] {
				s.Errorf("%s of %s is %s with %v, want %v", w.Code, judge, w.State, w.Total, out[w.Code])
			}
		}
	}
	ranked, err := s.Office.Results().Rank(s.Context())
	if err != nil || len(ranked) != 12 {
		s.Fatal(len(ranked), err)
	}
	want := map[judging.WorkID]float64{}
	for _, p := range ranked {
		w, err := s.Office.Work(s.Context(), string(p.Work))
		if err != nil {
			s.Fatal(err)
		}
		for _, out := range s.said {
			mark := out[w.Code]
			switch {
			case s.rule.Kind == voting.Approval && mark == 1:
				want[p.Work] += 25
			case s.rule.Kind == voting.Ranking && mark > 0:
				want[p.Work] += 4 - mark
			case s.rule.Kind == voting.Votes, s.rule.Kind == voting.Points:
				want[p.Work] += mark
			}
		}
		if p.Official != want[p.Work] {
			s.Errorf("%s has %v, want %v", w.Code, p.Official, want[p.Work])
		}
	}
	for _, p := range ranked {
		place := 1
		for _, o := range ranked {
			if o.Category == p.Category && o.Group == p.Group && want[o.Work] > want[p.Work] {
				place++
			}
		}
		if p.Place != place {
			s.Errorf("%s has place %d, want %d", p.Work, p.Place, place)
		}
	}
}
