package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
)

// Places on the way through a contest: in the first window of 1200 pixels, then in the one that fills the screen after judges have had it.
var (
	showSample  = [2]int{925, 330} // 先看示例
	railReview  = [2]int{100, 233}
	railAssign  = [2]int{100, 271}
	railRounds  = [2]int{100, 309}
	makePlan    = [2]int{292, 441}  // 生成分配
	publishPlan = [2]int{1155, 242} // 发布分配
	tickPublish = [2]int{451, 394}
	doPublish   = [2]int{800, 447}
	handAround  = [2]int{1136, 228} // 评委轮流在本机评分
	secondName  = [2]int{385, 180}
	handBack    = [2]int{1220, 87}  // 交还电脑
	organiser   = [2]int{1247, 97}  // 组织者…
	decide      = [2]int{1195, 140} // 评定奖项, then 导出获奖名单
	otherTongue = [2]int{1162, 79}
	openBoard   = [2]int{1000, 140} // 评奖板
	openPrint   = [2]int{971, 328}  // 获奖证书: 打开
	darkMode    = [2]int{408, 337}
	lightMode   = [2]int{362, 337}
)

// railTop and railStep are where the stages stand in the window that fills the screen.
const (
	railTop  = 132
	railStep = 38
	railLeft = 60
)

// rail are the pages of the rail in their order.
var rail = []string{"overview", "works", "review", "assign", "progress", "results", "notice", "batches", "judges", "rules", "reports", "settings"}

// mostActs is how many presses and keys of the organiser may lie between the start and the exported award list.
const mostActs = 25

// walk is an organiser who counts what has to be pressed.
type walk struct {
	*screen

	acts int
}

func (w *walk) press(at [2]int) {
	w.acts++
	w.click(at)
}

func (w *walk) key(name string) {
	w.acts++
	w.xdotool("key", name)
	w.settle()
}

// TestAnOrganiserAndTwoJudgesWalkThroughTheSample drives the real program from the start screen to the award list: the sample is made, works are looked at,
// given to judges and published, two judges score at the handed-over computer; what the others would give is filled in meanwhile; awards are decided and
// written. Then each page of the rail is opened in both languages and both colours. Set FAYI_SHOTS to a folder to keep the pictures.
func TestAnOrganiserAndTwoJudgesWalkThroughTheSample(t *testing.T) {
	for _, tool := range []string{"Xvfb", "openbox", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not here (scripts/deps test installs it)", tool)
		}
	}
	w := &walk{screen: newScreen(t)}
	exe := w.build()
	app := w.run(exe)
	w.prepare()
	w.judges()
	app.close()

	dir := filepath.Join(w.home, "法艺评审", "示例", "示例：法治文化作品征集.fayi")
	fillScores(t, dir)
	app = w.run(exe, dir)
	w.fit("634")
	w.awards()
	t.Logf("%d presses and keys from the start to the award list", w.acts)
	if w.acts > mostActs {
		t.Errorf("%d presses and keys, at most %d", w.acts, mostActs)
	}
	w.lookAround()
	app.close()

	o := reopen(t, dir)
	defer o.Close()
	s, err := o.ShowContest(t.Context())
	if err != nil || s.Granted == 0 || s.Waiting != 638 {
		t.Errorf("%d awards, %d works wait for review, %v", s.Granted, s.Waiting, err)
	}
	if check, err := o.CheckContest(t.Context(), nil); err != nil || !check.OK {
		t.Errorf("%+v %v", check, err)
	}
}

// run starts the program and waits for its window.
func (w *walk) run(exe string, args ...string) *program {
	w.t.Helper()
	p := &program{w.screen, w.command(exe, args...), new(bytes.Buffer)}
	p.cmd.Stderr = p.stderr
	if err := p.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { p.cmd.Process.Kill() })
	want := "法艺评审"
	if len(args) > 0 {
		want = "总览"
	}
	w.at(want)
	return p
}

// at waits for the page of that title.
func (w *walk) at(title string) {
	w.t.Helper()
	w.wait("the page "+title, func() bool { return strings.HasPrefix(w.title(), title) })
	w.settle()
}

// prepare makes the sample, accepts two works and publishes who scores what.
func (w *walk) prepare() {
	w.t.Helper()
	w.keep("start-zh-light")
	w.press(showSample)
	w.key("Return")
	w.at("总览")
	w.press(railReview)
	w.at("逐件审核")
	w.key("a")
	w.key("a")
	w.press(railAssign)
	w.at("分配")
	w.press(makePlan)
	w.press(publishPlan)
	w.press(tickPublish)
	w.press(doPublish)
	w.press(railRounds)
	w.at("评分")
}

// judges hands the computer to two of them, who score a work each.
func (w *walk) judges() {
	w.t.Helper()
	w.press(handAround)
	for _, name := range [][2]int{firstName, secondName} {
		w.at("评委评分")
		w.keep("handover-zh-light")
		w.click(name)
		w.xdotool("key", "Return")
		w.settle()
		w.click(continueWork)
		w.keep("desk-zh-light")
		w.score([]int{18, 17, 20, 13, 16})
		w.click(handBack)
	}
	w.at("评委评分")
	w.press(organiser)
	w.key("Return")
	w.at("评分")
}

// fillScores gives and hands in what the judges have not scored.
func fillScores(t *testing.T, dir string) {
	t.Helper()
	ctx := t.Context()
	o := reopen(t, dir)
	defer o.Close()
	all, err := o.Assignments(ctx)
	if err != nil {
		t.Fatal(err)
	}
	judges := map[judging.JudgeID]bool{}
	for _, a := range all {
		judges[a.Judge] = true
	}
	scored := 0
	for j := range judges {
		scored += fillList(t, o, j)
	}
	if scored != 2 {
		t.Errorf("the two judges scored %d works", scored)
	}
}

// fillList fills and hands in a judge's list and returns how many works it had a score for before.
func fillList(t *testing.T, o *office.Office, j judging.JudgeID) (scored int) {
	t.Helper()
	d, err := o.Desk(j).Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range d.Works {
		if w.State == judging.Scored {
			scored++
			continue
		}
		b := judging.Ballot{Total: float64(60 + (i*7+len(d.Name))%40)}
		if _, err := o.EnterScore(t.Context(), j, string(w.Code), b, false); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.SubmitScores(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	return scored
}

// awards decides them and writes the list.
func (w *walk) awards() {
	w.t.Helper()
	w.press(stage("results"))
	w.at("结果")
	w.press(decide)
	w.key("Return")
	w.press(decide)
	w.key("Return")
	w.wait("the award list", func() bool {
		found, _ := filepath.Glob(filepath.Join(w.home, "*获奖名单.xlsx"))
		return len(found) == 1
	})
	w.settle()
}

// lookAround opens each page of the rail in both languages and both colours.
func (w *walk) lookAround() {
	w.t.Helper()
	for _, side := range []struct {
		from string
		at   [2]int
		name string
	}{{"results", openBoard, "awards"}, {"reports", openPrint, "certificates"}} {
		w.click(stage(side.from))
		w.idle()
		w.click(side.at)
		w.idle()
		w.keep(side.name + "-zh-light")
	}
	for _, look := range []string{"zh-light", "zh-dark", "en-dark", "en-light"} {
		switch look {
		case "zh-dark": // each look is begun on the page of settings, with which the one before ends
			w.click(darkMode)
		case "en-dark":
			w.click(otherTongue)
		case "en-light":
			w.click(lightMode)
		}
		seen := map[string]bool{}
		for _, page := range rail {
			w.click(stage(page))
			w.idle()
			title := w.title()
			if seen[title] || title == "" {
				w.t.Errorf("%s in %s shows %q; picture %s", page, look, title, w.shot())
			}
			seen[title] = true
			w.keep(fmt.Sprintf("%s-%s", page, look))
		}
	}
}

func stage(page string) [2]int {
	for i, p := range rail {
		if p == page {
			return [2]int{railLeft, railTop + i*railStep}
		}
	}
	panic("no stage " + page)
}

// idle waits until nothing is read or worked at any more: the right half of the line at the foot is of one colour then.
func (w *walk) idle() {
	w.t.Helper()
	const width, bytesPerPixel, foot, from, to = 1280, 4, 641, 900, 1260
	w.wait("the work at the foot to end", func() bool {
		now := w.frame()
		first := len(now) - width*720*bytesPerPixel + (foot*width+from)*bytesPerPixel
		line := now[first : first+(to-from)*bytesPerPixel]
		return bytes.Equal(line[bytesPerPixel:], line[:len(line)-bytesPerPixel])
	})
	w.settle()
}

// keep writes a picture of the screen to the folder that FAYI_SHOTS names.
func (w *walk) keep(name string) {
	if dir := os.Getenv("FAYI_SHOTS"); dir != "" {
		if out, err := w.command("import", "-window", "root", filepath.Join(dir, name+".png")).CombinedOutput(); err != nil {
			w.t.Errorf("import: %v\n%s", err, out)
		}
	}
}
