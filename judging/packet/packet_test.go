package packet_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/packet"
)

func TestAPacketKeepsTheContractOfBallots(t *testing.T) {
	judgetest.SecretBallotsSuite(t, phrase, func(t *testing.T) judging.Ballots { return open(t, place(t)) })
}

func TestMediaComeOutAsTheyWentIn(t *testing.T) {
	p := open(t, place(t))
	for n, want := range media[:3] {
		f, err := p.OpenFile(t.Context(), "SF-0002", n, 0)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(f)
		if err != nil || string(got) != want {
			t.Errorf("file %d: %d bytes of %d, %v", n, len(got), len(want), err)
		}
		f.Close()
	}
}

// TestAFileNotFitToBeSeenIsWithheld: it comes without its bytes, and is no empty file.
func TestAFileNotFitToBeSeenIsWithheld(t *testing.T) {
	packet.Cheap(t)
	_, public, err := packet.NewReplyKey()
	if err != nil {
		t.Fatal(err)
	}
	c := contents(public)
	c.Duties.Works[0].Files[1].Bytes = 9
	var out bytes.Buffer
	if _, err := packet.Seal(t.Context(), &out, c, phrase, nil); err != nil {
		t.Fatal(err)
	}
	at := place(t)
	put(t, at.File, out.Bytes())
	f, err := open(t, at).OpenFile(t.Context(), "SF-0002", 1, 0)
	if err == nil {
		f.Close()
	}
	wantText(t, err, judging.Closed, "blind.not_clean")
}

func TestAPacketGoesOnWhereItStopped(t *testing.T) {
	at := place(t)
	p := open(t, at)
	score(t, p, "SF-0001", "一")
	score(t, p, "SF-0001", "二")
	wantBusy(t, at)
	p.Close()
	os.Remove(at.File) // the stick is gone: the working folder is enough
	known := packet.Known(at.Dir)
	if len(known) != 1 {
		t.Fatal(known)
	}
	if name := packet.NameOf(known[0]); name != filepath.Base(at.File) || !packet.Unpacked(known[0]) ||
		packet.Unpacked(at.File) ||
		packet.Used(known[0]).IsZero() {
		t.Errorf("known as %q, used %v", name, packet.Used(known[0]))
	}
	at.File = known[0]
	p = open(t, at)
	all, err := p.History(t.Context(), "SF-0001")
	if err != nil || len(all) != 2 || all[0].Comment != "一" || all[1].Comment != "二" ||
		all[1].Source != judging.Packet {
		t.Errorf("%+v, %v", all, err)
	}
}

func wantBusy(t *testing.T, at packet.Place) {
	t.Helper()
	_, err := packet.Open(t.Context(), at, phrase, nil)
	wantText(t, err, judging.Busy, "packet.busy")
}

func TestAPassphraseMayBeTypedAsHandsTypeIt(t *testing.T) {
	for given, want := range map[string]judging.Code{
		// read aloud, by an input method, with hyphens
		"48210937551622047730": "", "４８２１　０９３７　５５１６　２２０４　７７３０": "", "4821-0937-5516-2204-7730": "",
		"4821 0937 5516 2204 7731": judging.Forbidden, "": judging.Forbidden, "   ": judging.Forbidden,
	} {
		p, err := packet.Open(t.Context(), place(t), given, nil)
		if judging.CodeOf(err) != want {
			t.Errorf("%q: %v", given, err)
		}
		if err == nil {
			p.Close()
		}
	}
}

func TestAReplySaysAllThatWasSaidWhateverTheClock(t *testing.T) {
	m, p := sealed(t), open(t, place(t))
	score(t, p, "SF-0003", "一")
	score(t, p, "SF-0003", "二")
	reply, err := packet.ReadReply(writeReply(t, p), m.identity, m.sealed.Key)
	if err != nil {
		t.Fatal(err)
	}
	if len(reply.Works) != 1 || reply.Works[0].Code != "SF-0003" || reply.Seq != 2 || reply.Judge != "j001" ||
		reply.Submitted {
		t.Fatalf("%+v", reply)
	}
	v := reply.Works[0].Versions
	if len(v) != 2 || v[0].Comment != "一" || v[1].Comment != "二" || v[0].Mark == v[1].Mark || v[1].At.Before(v[0].At) {
		t.Errorf("%+v", v)
	}
}

func writeReply(t testing.TB, p *packet.Packet) string {
	t.Helper()
	var out bytes.Buffer
	if err := p.Reply(&out); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "回"+packet.ReplyEnding)
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAReplyIsTakenFromItsOwnPacketByItsOwnContestOnly(t *testing.T) {
	m, p := sealed(t), open(t, place(t))
	path := writeReply(t, p)
	other, _, err := packet.NewReplyKey()
	if err != nil {
		t.Fatal(err)
	}
	_, err = packet.ReadReply(path, other, m.sealed.Key)
	wantText(t, err, judging.Forbidden, "packet.foreign")
	wrong := bytes.Clone(m.sealed.Key)
	wrong[0] ^= 1
	_, err = packet.ReadReply(path, m.identity, wrong)
	wantText(t, err, judging.Forbidden, "packet.bad_signature")
	_, err = packet.ReadReply(path, m.identity, nil)
	wantText(t, err, judging.Forbidden, "packet.bad_signature")
}
