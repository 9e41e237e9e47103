package office_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"fayi/judging"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
)

// packetWorld is a packet on a judge's own machine. It knows nothing of what becomes of the contest.
type packetWorld struct {
	id, judge, plan string
	round           int
	desk            *packet.Packet
	list            []string
	sealed          map[string]plainSaid // what held when it was sealed
	said            map[string][]plainSaid
	submitted       bool
}

// replyWorld is a reply as it was written.
type replyWorld struct {
	*packetWorld
	path      string
	said      map[string][]plainSaid
	submitted bool
}

// sealPacket makes a packet; to make and to open it costs a fifth of a second, so that a sequence has few of them.
func sealPacket(w *world, r *rand.Rand) error {
	judge, _ := pick(r, w.p.Judges)
	if len(w.packets) >= 4 {
		return nil
	}
	expected := when(w.p.Planned && !w.p.Handed[judge] && !w.p.Closed && len(w.p.list(judge)) > 0)
	if w.p.Notice != nil && expected == yes {
		expected = may // it could not be collected, but the notice may go
	}
	path := filepath.Join(w.root, fmt.Sprintf("包%d%s", w.p.Clock, packet.Ending))
	var got packets.Sealed
	done, err := w.act("a packet is sealed for "+judge, expected, func(ctx context.Context) (err error) {
		opt := packets.SealOptions{Passphrase: phrase}
		got, err = w.o.Packets().SealPacket(ctx, judging.JudgeID(judge), path, opt, nil)
		return err
	})
	if !done {
		return err
	}
	x := &packetWorld{id: got.ID, judge: judge, plan: w.p.Line[len(w.p.Line)-1], round: w.p.Round,
		list: w.p.list(judge), sealed: map[string]plainSaid{}, said: map[string][]plainSaid{}}
	for _, work := range x.list {
		x.sealed[work], _ = w.p.score(judge, work).now()
	}
	x.desk, err = packet.Open(w.t.Context(), packet.Place{File: path, Dir: filepath.Join(w.root, "home"), Now: w.now},
		phrase, nil)
	w.packets = append(w.packets, x)
	w.p.Sealed = append(w.p.Sealed, got.ID)
	return err
}

// held is the total that stands in the packet, noScore for none.
func (x *packetWorld) held(work string) int {
	if all := x.said[work]; len(all) > 0 {
		return all[len(all)-1].N
	}
	if x.sealed[work].ID == 0 {
		return noScore
	}
	return x.sealed[work].N
}

// fillPacket scores some works of a packet, some of them again, and may hand it in. Nobody in the office hears of it.
func fillPacket(w *world, r *rand.Rand) error {
	x, some := pick(r, w.packets)
	if !some {
		return nil
	}
	often, _ := pick(r, x.list) // a judge who can't make up their mind comes back to one work
	wavers := r.IntN(2) == 0
	for range 1 + r.IntN(5) {
		work, _ := pick(r, x.list)
		n := drawn(r)
		if wavers {
			work, n = often, 60+r.IntN(3)
		}
		if r.IntN(12) == 0 {
			n = -1
		}
		if err := w.sayAway(x, work, n); err != nil {
			return err
		}
	}
	if r.IntN(5) > 0 {
		return nil
	}
	whole := true
	for _, work := range x.list {
		if x.held(work) == noScore && r.IntN(12) > 0 {
			if err := w.sayAway(x, work, drawn(r)); err != nil {
				return err
			}
		}
		whole = whole && x.held(work) != noScore
	}
	err := x.desk.Submit(w.t.Context(), phrase)
	if (err == nil) != (whole || x.submitted) {
		return fault("the packet of %s is handed in: %v, whole: %v", x.judge, err, whole)
	}
	x.submitted = x.submitted || err == nil
	w.log = append(w.log, fmt.Sprintf("the packet of %s is handed in: %v", x.judge, err))
	return nil
}

// sayAway saves a score in a packet.
func (w *world) sayAway(x *packetWorld, work string, n int) error {
	code := w.codeAway(x, work)
	b, err := x.desk.Load(w.t.Context(), code)
	if err != nil {
		return err
	}
	b.Marks, b.State, b.Reason, b.Total = marksOf(n), judging.Open, "", 0
	if n < 0 {
		b.Marks, b.State, b.Reason = nil, judging.Abstained, "认识作者"
	}
	was := x.held(work)
	_, err = x.desk.Save(w.t.Context(), b)
	w.log = append(w.log, fmt.Sprintf("%s scores %s %d in the packet: %v", x.judge, work, n, err))
	if refused := err != nil; refused != (x.submitted && n != was) {
		return fault("%s scores %s %d in the packet: %v", x.judge, work, n, err)
	}
	if err == nil && n != was {
		w.p.NextID += 2
		x.said[work] = append(x.said[work], plainSaid{Key: fmt.Sprintf("%d/%s/%s", x.round, x.judge, work),
			ID: w.p.NextID, N: n, Src: "packet", Packet: x.id, At: w.p.Clock})
	}
	return nil
}

// codeAway is a work's code, which a restore does not change.
func (w *world) codeAway(x *packetWorld, work string) judging.WorkCode {
	d, _ := x.desk.Duties(w.t.Context())
	return d.Works[slices.Index(x.list, work)].Code
}

// collectReply collects a reply: one written now, or one that was written long ago and may have been collected.
func collectReply(w *world, r *rand.Rand) error {
	reply, some := pick(r, w.replies)
	if x, any := pick(r, w.packets); any && (!some || r.IntN(3) > 0) {
		w.files++
		reply = &replyWorld{packetWorld: x, said: map[string][]plainSaid{}, submitted: x.submitted,
			path: filepath.Join(w.root, fmt.Sprintf("回执%d%s", w.files, packet.ReplyEnding))}
		for work, all := range x.said {
			reply.said[work] = slices.Clone(all)
		}
		var out bytes.Buffer
		if err := x.desk.Reply(&out); err != nil {
			return err
		}
		if err := os.WriteFile(reply.path, out.Bytes(), 0o600); err != nil {
			return err
		}
		w.replies = append(w.replies, reply)
		some = true
	}
	if !some {
		return nil
	}
	take := []string{"", "", "packet", "contest"}[r.IntN(4)]
	if err := w.collectReply(reply, take); err != nil || r.IntN(2) > 0 {
		return err
	}
	return w.collectReplyAgain(reply)
}

// belongs reports whether the contest can collect a reply: it sealed the packet in this round, for a judge who is
// still one, on a plan out of which the present one has grown.
func (p *plain) belongs(x *replyWorld) bool {
	return slices.Contains(p.Sealed, x.id) && p.Planned && x.round == p.Round && slices.Contains(p.Line, x.plan) &&
		slices.Contains(p.Judges, x.judge)
}

func (w *world) collectReply(x *replyWorld, take string) error {
	next := w.p.clone()
	fates, touched := map[string]plainFate{}, map[string]*plainTouch{}
	changed := 0
	if belongs := w.p.belongs(x); belongs {
		for _, work := range slices.Sorted(maps.Keys(x.said)) {
			was, _ := w.p.score(x.judge, work).now()
			key := w.p.key(x.judge, work)
			w.log = append(w.log, fmt.Sprintf("  %s was %+v, sealed %+v: %+v", key, w.p.Scores[key], x.sealed[work],
				x.said[work]))
			fates[work] = next.sayPacket(x, work, take, touched)
			if now, _ := next.score(x.judge, work).now(); now.N != was.N || was.ID == 0 && now.ID != 0 {
				changed++
			}
		}
	}
	clashes, refused := countFates(fates, fateClash), countFates(fates, fateRefused)
	handed := next.handsIn(x, clashes)
	news := len(touched) > 0 || handed
	expected := when(w.p.belongs(x) && (w.p.Notice == nil || !news))
	if w.p.Notice != nil && expected == yes {
		expected = may // there is nothing to collect
	}
	var got packets.ReplyReport
	name := fmt.Sprintf("%s of %s is collected, taking %q", filepath.Base(x.path), x.judge, take)
	done, err := w.act(name, expected, func(ctx context.Context) (err error) {
		got, err = w.o.Packets().CollectReply(ctx, x.path, scoring.Take(take))
		return err
	})
	if !done || w.p.Notice != nil {
		return err
	}
	works := map[judging.WorkCode]bool{} // of one score several statements may wait
	for _, c := range got.Clashes {
		works[c.Code] = true
	}
	if len(got.Changed) != changed || len(works) != clashes || len(got.Refused) != refused ||
		got.Submitted != (handed || w.p.Handed[x.judge]) {
		return fault("%s: %+v, and should be %v, %d changed, handed in %v", name, got, fates, changed, handed)
	}
	if news {
		id := ""
		all, err := w.o.Scoring().Collections(w.t.Context())
		if err == nil && len(all) > 0 {
			id = all[0].ID
		}
		next.Brought = append(next.Brought, &plainCollection{ID: id, Round: next.Round, Touched: touched})
	}
	if handed {
		next.Handed[x.judge] = true
	}
	w.p = next
	return nil
}

func countFates(all map[string]plainFate, of plainFate) (n int) {
	for _, f := range all {
		if f == of {
			n++
		}
	}
	return n
}

// collectReplyAgain collects a reply that was collected just now: nothing may change.
func (w *world) collectReplyAgain(x *replyWorld) error {
	before, err := w.dump()
	if err != nil {
		return err
	}
	if err := w.collectReply(x, ""); err != nil {
		return err
	}
	after, err := w.dump()
	if err == nil && !maps.Equal(before, after) {
		err = fault("%s was collected twice, and that changed the contest", filepath.Base(x.path))
	}
	return err
}

// handsIn reports whether a reply hands its judge's list in: the judge did, nothing is left open, and nothing waits.
func (p *plain) handsIn(x *replyWorld, clashes int) bool {
	if !x.submitted || clashes > 0 || !p.belongs(x) || p.Handed[x.judge] || p.Closed {
		return false
	}
	for _, work := range p.list(x.judge) {
		s := p.score(x.judge, work)
		if now, some := s.now(); !some || now.N == noScore || s.pending() != nil {
			return false
		}
	}
	return true
}

// sayPacket says all that a reply holds of a work. Its last word counts. It is made on the score that held when the
// packet was sealed, or on what the same packet said before; where something else was said meanwhile, all is kept and
// somebody decides.
func (p *plain) sayPacket(x *replyWorld, work, take string, touched map[string]*plainTouch) plainFate {
	if !slices.Contains(p.list(x.judge), work) {
		return fateRefused
	}
	s := p.score(x.judge, work)
	has := func(all []plainSaid, id int) bool {
		return slices.ContainsFunc(all, func(v plainSaid) bool { return v.ID == id })
	}
	fresh := slices.DeleteFunc(slices.Clone(x.said[work]), func(v plainSaid) bool { return has(s.Said, v.ID) })
	switch {
	case len(fresh) == 0:
		return fateKnown
	case s.Void || !p.writable(x.judge, work):
		return fateRefused
	}
	now, some := s.now()
	last := fresh[len(fresh)-1]
	before, waiting := len(s.Said), slices.Clone(s.Waiting)
	p.Acked = append(p.Acked, fresh...)
	fate := fateTaken
	onNow := !some || now.N == noScore || now.ID == x.sealed[work].ID || has(x.said[work], now.ID)
	switch {
	case onNow || now.N == last.N || take == "packet":
		s.Said = append(s.Said, fresh...)
		s.settle()
	case take == "contest":
		s.Said = append(append(s.Said, fresh...), now)
		s.settle()
	default:
		fate = fateClash
		for _, v := range fresh {
			if !has(s.Waiting, v.ID) {
				s.Waiting = append(s.Waiting, v)
			}
		}
	}
	t := &plainTouch{Before: before, After: len(s.Said), Listed: waiting, Left: slices.Clone(s.Waiting)}
	for _, v := range s.Waiting {
		if !has(waiting, v.ID) {
			t.Waiting = append(t.Waiting, v.ID)
		}
	}
	if t.Before != t.After || !sameSaid(waiting, s.Waiting) {
		touched[p.key(x.judge, work)] = t
	}
	return fate
}

// candidates are the statements that wait of which one could hold: of each packet only the last.
func (s *plainScore) candidates() (out []plainSaid) {
	for i, v := range s.Waiting {
		saidMore := func(o plainSaid) bool { return o.Packet == v.Packet }
		if v.Packet == "" || !slices.ContainsFunc(s.Waiting[i+1:], saidMore) {
			out = append(out, v)
		}
	}
	return out
}
