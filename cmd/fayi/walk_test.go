package main

import (
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/app/kit/sight"
	"fayi/cmd/fayi/probe"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/day"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/scoring"
)

// mostActs is how many presses and keys of the organiser may lie between the start and the exported award list.
const mostActs = 25

// walk is an organiser who counts what has to be pressed.
type walk struct {
	*program

	acts int
}

func (w *walk) press(words string) {
	w.s.t.Helper()
	w.acts++
	w.program.press(words)
}

func (w *walk) key(name string) {
	w.s.t.Helper()
	w.acts++
	w.keys(name)
}

// TestAWholeContestIsWalkedThrough drives the real program from the start screen to the statistics: the sample is
// made, works are looked at, given to judges and published, two judges score at the handed-over computer; what the
// others would give is filled in meanwhile; awards are decided and written, one is ruled on, the notice is
// published, an objection answered, the result locked, a batch packed, certificates and statistics written. Then
// each page is looked at. Whatever is seen on the way is measured. Set FAYI_SHOTS to a folder to keep pictures.
func TestAWholeContestIsWalkedThrough(t *testing.T) {
	s := newScreen(t)
	w := &walk{program: s.start()}
	w.prepare()
	w.judges()
	w.close()

	dir := filepath.Join(s.home, "法艺评审", "示例", "示例：法治文化作品征集.fayi")
	code := fillScores(t, dir)
	w.program = s.start(dir)
	w.awards()
	t.Logf("%d presses and keys from the start to the award list", w.acts)
	if w.acts > mostActs {
		t.Errorf("%d presses and keys, at most %d", w.acts, mostActs)
	}
	w.program.press("总览")
	s.keep("overview-zh-light")
	w.rule()
	w.notice(code)
	w.papers()
	w.close()
	wantWalked(t, dir, s.home)
	lookAround(t, s, dir)
}

// prepare makes the sample, accepts two works and publishes who scores what.
func (w *walk) prepare() {
	w.s.t.Helper()
	w.s.keep("start-zh-light")
	w.press("先看示例")
	w.key("Return")
	w.at("总览")
	w.press("审核")
	w.at("逐件审核")
	w.s.keep("review-zh-light")
	w.key("a")
	w.key("a")
	w.press("分配")
	w.at("分配")
	w.press("生成分配")
	w.s.keep("assign-zh-light")
	w.press("发布分配")
	w.press("分配已经核对过，可以发布")
	w.press("发布分配")
	w.press("我已了解，仍要继续") // rows of the sample became no work
	w.press("继续")
	w.press("评审")
	w.at("评分")
}

// judges hands the computer to two of them, who score a work each.
func (w *walk) judges() {
	w.s.t.Helper()
	w.press("评委轮流在本机评分")
	for n := range 2 {
		w.at("评委评分")
		w.s.keep("handover-zh-light")
		w.sit(n, "")
		w.program.press("去评分")
		if n == 0 {
			w.looks("desk", kitSizes...)
		}
		w.score([]int{18, 17, 20, 13, 16})
		w.wait("the second work", func(v probe.View) bool {
			return find(v, func(words sight.Words) bool { return strings.HasPrefix(words.Text, "第 2 件 / 共 ") }) != nil
		})
		w.program.press("交还电脑")
	}
	w.at("评委评分")
	w.press("组织者…")
	w.key("Return")
	w.at("评分")
}

// fillScores gives and hands in what the judges have not scored, and returns the code of a work.
func fillScores(t *testing.T, dir string) judging.WorkCode {
	t.Helper()
	ctx := t.Context()
	o := reopen(t, dir)
	defer o.Close()
	judges := map[judging.JudgeID]bool{}
	for _, a := range must[[]assignment.Duty](t)(o.Assignment().Assignments(ctx)) {
		judges[a.Judge] = true
	}
	// no two scores of a work lie far apart: what judges disagree on has to be settled before a notice
	worth := map[judging.WorkCode]float64{}
	for j := range judges {
		d := must[judging.Duties](t)(o.Scoring().Desk(j).Duties(ctx))
		for _, w := range d.Works {
			if w.State == judging.Scored {
				worth[w.Code] = w.Total
			}
		}
	}
	scored := 0
	for j := range judges {
		scored += fillList(t, o, j, worth)
	}
	if scored != 2 {
		t.Errorf("the two judges scored %d works", scored)
	}
	works := must[[]judging.Work](t)(o.Works(ctx, office.WorkFilter{}))
	return works[0].Code
}

// fillList fills and hands in a judge's list and returns how many works it had a score for before.
// What a work is worth, where nobody has scored it yet, follows from its code.
func fillList(t *testing.T, o *office.Office, j judging.JudgeID, worth map[judging.WorkCode]float64) (scored int) {
	t.Helper()
	d, err := o.Scoring().Desk(j).Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range d.Works {
		if w.State == judging.Scored {
			scored++
			continue
		}
		base, known := worth[w.Code]
		if !known {
			base = float64(60 + crc32.ChecksumIEEE([]byte(w.Code))%38)
		}
		b := judging.Ballot{Total: base + float64((i+len(d.Name))%3)}
		if _, err := o.Scoring().EnterScore(t.Context(), j, string(w.Code), b, scoring.TakeNone, false); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Scoring().SubmitScores(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	return scored
}

// awards decides them and writes the list.
func (w *walk) awards() {
	w.s.t.Helper()
	w.press("结果")
	w.at("结果")
	w.press("评定奖项")
	w.key("Return")
	w.press("导出获奖名单")
	w.key("Return")
	w.written("*获奖名单.xlsx")
}

// written waits for a file in the user's folder.
func (w *walk) written(pattern string) {
	w.s.t.Helper()
	w.s.wait(pattern, func() bool {
		found, _ := filepath.Glob(filepath.Join(w.s.home, pattern))
		return len(found) == 1
	})
	w.settle()
}

// rule withholds the award of a winner, with a reason, and decides again.
func (w *walk) rule() {
	w.s.t.Helper()
	w.program.press("结果")
	w.s.keep("results-zh-light")
	w.program.press("评奖板")
	w.at("评奖板")
	w.pressBeside("一等奖", "1") // a card of the first place, which two may share
	w.program.press("不授奖…")
	w.fill("理由", "minutes of 2020-05-12")
	w.program.press("记录裁定")
	w.s.keep("awards-zh-light")
	w.program.press("评定并生效*")
	w.program.press("评定奖项")
}

// notice publishes the result, as of three weeks ago, takes an objection and answers it, then locks the result.
func (w *walk) notice(code judging.WorkCode) {
	w.s.t.Helper()
	w.program.press("公示…")
	w.at("公示")
	w.program.press("开始公示")
	w.fill("起始日", time.Now().AddDate(0, 0, -21).Format(day.Form))
	w.program.press("第一天已过去，确认无误")
	w.program.press("开始公示")
	w.program.press("登记异议")
	w.fill("作品编号", string(code))
	w.fill("异议内容", "resembles another work")
	w.fill("提出人及联系方式", "a reader")
	w.program.press("保存")
	w.s.keep("notice-zh-light")
	w.program.press("答复")
	w.program.press("请选一项*")
	w.program.press("不成立，维持结果")
	w.fill("答复内容", "both were compared")
	w.program.press("答复")
	w.program.press("定稿")
	w.program.press("我确认获奖结果无误，可以定稿")
	w.program.press("定稿")
}

// papers packs a batch for the city, writes the certificates and the statistics.
func (w *walk) papers() {
	w.s.t.Helper()
	w.program.press("上报")
	w.at("分批上报")
	w.s.keep("batches-zh-light")
	w.program.press("打包上报…")
	w.program.press("选用此文件夹")
	w.program.press("打包")
	w.program.press("我已了解，仍要继续") // some works of the sample have no file
	w.program.press("继续")
	w.written("*市级上报第1批*.zip")
	w.program.press("材料")
	w.pressBeside("获奖证书", "打开")
	w.at("获奖证书")
	w.program.press("生成证书…")
	w.pressThe("the way on", func(v probe.View) *sight.Words { // where characters lack, it is asked first
		return either(v, "照印", "保存")
	})
	if find(w.view, says("保存")) != nil {
		w.program.press("保存")
	}
	w.written("*获奖证书.pdf")
	w.program.press("材料")
	w.pressBeside("统计", "导出 Excel")
	w.program.press("保存")
	w.written("*统计.xlsx")
}

func either(v probe.View, words ...string) *sight.Words {
	for _, word := range words {
		if w := find(v, says(word)); w != nil {
			return w
		}
	}
	return nil
}

// wantWalked asserts what the walk must have left in the contest and in the user's folder.
func wantWalked(t *testing.T, dir, home string) {
	t.Helper()
	o := reopen(t, dir)
	defer o.Close()
	s := must[office.Summary](t)(o.ShowContest(t.Context()))
	if s.Granted == 0 || s.Waiting != 638 || s.Batches != 1 {
		t.Errorf("%d awards, %d works wait for review, %d batches", s.Granted, s.Waiting, s.Batches)
	}
	b := must[awards.NoticeBoard](t)(o.Notices().ListNotices(t.Context()))
	if b.Notice == nil || b.Notice.State != judging.Final || len(b.Objections) != 1 ||
		b.Objections[0].State != judging.Dismissed {
		t.Errorf("notice %+v, objections %+v", b.Notice, b.Objections)
	}
	board := must[awards.Board](t)(o.Awards().AwardBoard(t.Context()))
	if !board.Final || len(board.Rulings) != 1 || board.Rulings[0].Kind != award.RuleWithhold ||
		!strings.HasPrefix(board.Rulings[0].Reason, "minutes") {
		t.Errorf("final %v, rulings %+v", board.Final, board.Rulings)
	}
	if check, err := o.CheckContest(t.Context(), "", nil); err != nil || !check.OK {
		t.Errorf("%+v %v", check, err)
	}
	for pattern, begins := range map[string]string{
		"*获奖名单.xlsx":    "PK",
		"*市级上报第1批*.zip": "PK",
		"*获奖证书.pdf":     "%PDF",
		"*获奖证书.xlsx":    "PK",
		"*统计.xlsx":      "PK",
	} {
		found, _ := filepath.Glob(filepath.Join(home, pattern))
		if len(found) != 1 {
			t.Errorf("%s: %q", pattern, found)
			continue
		}
		if data := must[[]byte](t)(os.ReadFile(found[0])); !strings.HasPrefix(string(data), begins) ||
			len(data) < 1000 {
			t.Errorf("%s holds %d bytes and begins with %q", found[0], len(data), data[:min(len(data), 4)])
		}
	}
}
