package app

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/judging"
	"fayi/judging/packet"
)

const phrase = "4821 0937 5516 2204 7730"

// stick is a packet on a memory stick.
type stick struct {
	path, identity string
	sealed         packet.Sealed
}

func newStick(t *testing.T) stick {
	t.Helper()
	var k stick
	var public string
	var err error
	if k.identity, public, err = packet.NewReplyKey(); err != nil {
		t.Fatal(err)
	}
	rubric := judging.Rubric{
		Scale:    100,
		Step:     1,
		Criteria: []judging.Criterion{{Name: "内容", Weight: 60}, {Name: "形式", Weight: 40}},
	}
	c := packet.Contents{
		Contest: "0123456789abcdef",
		ReplyTo: public,
		Duties: judging.Duties{Contest: "法治文化作品征集", Judge: "j001", Name: "王", Round: 1, Plan: "abc",
			Rubrics: map[string]judging.Rubric{"征文": rubric}},
	}
	for _, code := range []judging.WorkCode{"ZW-0002", "ZW-0001"} {
		c.Duties.Works = append(c.Duties.Works, judging.Duty{
			BlindWork: judging.BlindWork{
				Code:     code,
				Title:    "守法",
				Category: "征文",
				Files:    []judging.BlindFile{{Kind: "text"}},
			},
		})
	}
	c.Open = func(context.Context, judging.WorkCode, int) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("法者，治之端也。")), nil
	}
	var out bytes.Buffer
	if k.sealed, err = packet.Seal(t.Context(), &out, c, phrase, nil); err != nil {
		t.Fatal(err)
	}
	k.path = filepath.Join(t.TempDir(), "王"+packet.Ending)
	if err := os.WriteFile(k.path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return k
}

// unlock opens the packet through the window.
func (s *seated) unlock(t *testing.T, path, phrase string) {
	t.Helper()
	s.Open(path)
	s.shows(t, "打开评审包", filepath.Base(path))
	s.app.win.Canvas().Focused().(*field.Entry).SetText(phrase)
	kittest.Tap(t, s.root(), "打开")
}

func TestAJudgeScoresAPacketAndSavesTheReply(t *testing.T) {
	s, k := sit(t, Inline{}), newStick(t)
	s.unlock(t, k.path, "1234")
	s.shows(t, "口令不对")
	s.unlock(t, k.path, phrase)
	s.shows(t, "刚才输错了，请等 1 秒再试")
	s.later(time.Second)
	s.unlock(t, k.path, phrase)
	s.shows(t, "ZW-0002", "ZW-0001")
	for _, code := range []judging.WorkCode{"ZW-0001", "ZW-0002"} {
		if _, err := s.packet.Save(t.Context(), judging.Ballot{
			Code:  code,
			Marks: map[string]float64{"内容": 50, "形式": 30},
		}); err != nil {
			t.Fatal(err)
		}
	}
	s.app.Restart(kit.Route{Kind: packetDone})
	s.shows(t, "王老师", "2 件都已评完，还没有确认提交")
	if err := s.packet.Submit(t.Context(), phrase); err != nil {
		t.Fatal(err)
	}
	s.app.Reload()
	s.shows(t, "还差最后一步")
	kittest.Tap(t, s.root(), "把回执存到 U 盘")
	kittest.Tap(t, kittest.Top(s.app.win), "保存")
	saved, err := filepath.Glob(filepath.Join(filepath.Dir(k.path), "*"+packet.ReplyEnding))
	if err != nil || len(saved) != 1 {
		t.Fatalf("%v, %v: %q", saved, err, kittest.Texts(s.root()))
	}
	s.shows(t, "回执已存好")
	r, err := packet.ReadReply(saved[0], k.identity, k.sealed.Key)
	if err != nil || len(r.Works) != 2 || !r.Submitted {
		t.Errorf("%+v, %v", r, err)
	}
	kittest.Tap(t, s.root(), "关闭评审包")
	s.shows(t, "新建征集", "王"+packet.Ending)
	if s.packet != nil {
		t.Error("the packet is still open")
	}
	if err := os.Remove(k.path); err != nil { // the stick went back with the reply
		t.Fatal(err)
	}
	kittest.Tap(t, s.root(), "继续评审")
	s.shows(t, "打开评审包", "王"+packet.Ending)
	s.app.win.Canvas().Focused().(*field.Entry).SetText(phrase)
	kittest.Tap(t, s.root(), "打开")
	s.shows(t, "ZW-0002", "退出评分")
	if err := s.closePacket(); err != nil {
		t.Error(err)
	}
}

// TestAReplyBeforeSubmittingIsNotCalledTheLast says that it has to be saved again, and names the file by the judge.
func TestAReplyBeforeSubmittingIsNotCalledTheLast(t *testing.T) {
	s, k := sit(t, Inline{}), newStick(t)
	s.unlock(t, k.path, phrase)
	s.app.Restart(kit.Route{Kind: packetDone})
	kittest.Tap(t, s.root(), "把回执存到 U 盘")
	kittest.Tap(t, kittest.Top(s.app.win), "保存")
	s.shows(t, "评分还没有提交")
	if _, err := os.Stat(filepath.Join(filepath.Dir(k.path), "评审回执-王"+packet.ReplyEnding)); err != nil {
		t.Error(err)
	}
}

func TestTheOrganisersMenuIsNotForAJudgeWithAPacket(t *testing.T) {
	s, k := sit(t, Inline{}), newStick(t)
	s.unlock(t, k.path, phrase)
	if got := s.menus(s.app); got != nil {
		t.Errorf("%v", got)
	}
	if err := s.closePacket(); err != nil {
		t.Error(err)
	}
}

func TestADamagedPacketIsToldAndNotOpened(t *testing.T) {
	s, k := sit(t, Inline{}), newStick(t)
	data, err := os.ReadFile(k.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(k.path, data[:len(data)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	s.unlock(t, k.path, phrase)
	if top := kittest.Top(s.app.win); top == nil || !kittest.Shows(top, "文件损坏或不完整") {
		t.Errorf("%q", kittest.Texts(s.root()))
	}
}

func TestAReplyThatWasNotSavedIsAskedForUntilItIs(t *testing.T) {
	s, k := sit(t, Inline{}), newStick(t)
	s.unlock(t, k.path, phrase)
	for _, code := range []judging.WorkCode{"ZW-0001", "ZW-0002"} {
		if _, err := s.packet.Save(t.Context(), judging.Ballot{
			Code:  code,
			Marks: map[string]float64{"内容": 50, "形式": 30},
		}); err != nil {
			t.Fatal(err)
		}
	}
	s.app.Reload()
	kittest.Tap(t, s.root(), "核对并提交")
	kittest.Tap(t, s.root(), "提交评分")
	top := kittest.Top(s.app.win)
	kittest.All[*field.Text](top)[0].SetText("1234")
	kittest.All[*choice.Check](top)[0].SetChecked(true)
	kittest.Tap(t, top, "提交评分")
	if !kittest.Shows(top, "口令不对") || kittest.Top(s.app.win) == nil {
		t.Errorf("a wrong passphrase: %q", kittest.Texts(top))
	}
	kittest.All[*field.Text](top)[0].SetText(phrase)
	kittest.Tap(t, top, "提交评分")
	s.shows(t, "还差最后一步")
	s.app.close()
	top = kittest.Top(s.app.win)
	if top == nil || !kittest.Shows(top, "回执还没有存") {
		t.Fatal("the window closes over a reply that was not saved")
	}
	kittest.Tap(t, top, "取消")
	if got := s.Packets(s.app); len(got) != 1 || !got[0].Due {
		t.Errorf("the start page knows %+v", got)
	}
	away := filepath.Dir(k.path) + "-away"
	if err := os.Rename(filepath.Dir(k.path), away); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, s.root(), "把回执存到 U 盘")
	top = kittest.Top(s.app.win)
	if top == nil || !kittest.Shows(top, "U 盘没有插好") {
		t.Fatal("a stick that is not there is not missed")
	}
	if err := os.Rename(away, filepath.Dir(k.path)); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, top, "先存到这台电脑")
	if top = kittest.Top(s.app.win); top == nil || !kittest.Shows(top, "保存") {
		t.Error("a question that opens another closes that too")
	}
	kittest.Tap(t, top, "取消")
	kittest.Tap(t, s.root(), "把回执存到 U 盘")
	kittest.Tap(t, kittest.Top(s.app.win), "保存")
	s.shows(t, "回执已存好")
	if got := s.Packets(s.app); got[0].Due || s.askReply(func() {}) {
		t.Error("a saved reply is still asked for")
	}
	if err := s.closePacket(); err != nil {
		t.Error(err)
	}
}
