package room

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/room/client"
	"fayi/judging/room/lan"
	"fayi/judging/room/roomtest"
)

// bench is a page over a contest in a window, on a computer with addresses of the test's own.
type bench struct {
	*kittest.Shell
	*Keeper

	office *office.Office
	own    []lan.Address
	awake  int // how often it is being kept awake
	refuse error
	page   *roomPage
	root   fyne.CanvasObject
}

func newBench(t *testing.T, o *office.Office) *bench {
	t.Helper()
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{Shell: kittest.New(t), office: o, own: []lan.Address{
		{IP: "127.0.0.1", Name: "wlan0", Kind: "wireless"}, {IP: "192.0.2.9", Name: "docker0", Kind: "virtual"},
	}}
	b.Keeper = NewKeeper(Config{
		Texts: texts, Now: time.Now, News: func() {}, Follow: func(func()) {},
		Addresses: func() ([]lan.Address, error) { return b.own, nil },
		Awake: func(context.Context, string) (func(), error) {
			if b.refuse != nil {
				return nil, b.refuse
			}
			b.awake++
			return func() { b.awake-- }, nil
		},
	})
	t.Cleanup(func() {
		if _, err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	b.turn(t)
	return b
}

// turn shows the page again, as after another one was shown.
func (b *bench) turn(t *testing.T) {
	t.Helper()
	var state any
	if b.page != nil {
		state = b.page.Keep()
	}
	b.page = NewPage(b.Shell, b.Keeper, b.office, kit.Route{Kind: page.Room}).(*roomPage)
	b.page.Restore(state)
	b.root = b.Open(b.page)
	pagetest.Settle(b.Shell)
}

// openRoom opens the room by its button, at a port that is free.
func (b *bench) openRoom(t *testing.T) {
	t.Helper()
	b.page.form.port.SetValue(float64(freePort(t)))
	kittest.Tap(t, b.root, "打开评审室")
	b.page.Load() // the shell of tests only counts reloads
	if b.of(b.office) == nil {
		t.Fatalf("not opened: %v, %q", b.Errors, kittest.Texts(b.root))
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (b *bench) shows(t *testing.T, words ...string) {
	t.Helper()
	for _, w := range words {
		if !kittest.Shows(b.root, w) {
			t.Errorf("%q is not shown: %q", w, kittest.Texts(b.root))
		}
	}
}

// comes is a judge's device that asks for its list.
func comes(t *testing.T, link string) (*client.Client, judging.Duties) {
	t.Helper()
	c, err := client.Open(http.DefaultClient, link, "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c, in
}

func TestAJudgeScoresInARoomThatThePageOpened(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 6))
	b.shows(t, "127.0.0.1", "无线网", "多半是这个", "虚拟网络", "传输不加密")
	b.openRoom(t)
	r := b.of(b.office)
	b.shows(t, r.Address, "本机能打开这个网址", "赵一", "还没来", "开着 · 在线 0 / 4 位")
	if b.awake != 1 {
		t.Errorf("kept awake %d times", b.awake)
	}
	for _, row := range b.page.view.table.Rows() {
		if r.link(row.Judge) == "" {
			t.Errorf("%s has no code", row.Judge)
		}
	}
	c, in := comes(t, r.link("j001"))
	if _, err := c.Save(t.Context(), judging.Ballot{Code: in.Works[0].Code, Total: 88}); err != nil {
		t.Fatal(err)
	}
	b.page.Load()
	b.shows(t, "评分程序", "1 / "+strconv.Itoa(len(in.Works)), "连得上：已有 1 位评委的设备连上过", "已在评分程序上打开")
	got, err := b.office.Scoring().Desk("j001").Load(t.Context(), in.Works[0].Code)
	if err != nil || got.Total != 88 {
		t.Errorf("kept %+v, %v", got, err)
	}

	kittest.Tap(t, b.root, "关闭评审室")
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	b.page.Load()
	b.shows(t, "还没有打开", "打开评审室")
	if b.awake != 0 || b.IsOpen() {
		t.Errorf("kept awake %d, open %v", b.awake, b.IsOpen())
	}
	if _, err := c.Duties(t.Context()); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("after it was closed: %v", err)
	}
	before := r.link("j002")
	b.openRoom(t)
	if again := b.of(b.office).link("j002"); again[strings.Index(again, "#"):] != before[strings.Index(before, "#"):] {
		t.Error("a room that was opened again has other codes")
	}
	if len(b.Errors) > 0 {
		t.Error(b.Errors)
	}
}

func TestACodeIsGivenMovedAndEnded(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	b := newBench(t, h.Office)
	b.openRoom(t)
	r := b.of(b.office)
	b.shows(t, "二维码只在发出的窗口里显示")
	old := r.Link(h.Tokens["j001"])
	comes(t, old)
	kittest.Tap(t, b.root, "发新的入场码")
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	fresh := r.link("j001")
	if c, err := client.Open(http.DefaultClient, old, "", rand.Reader); err != nil {
		t.Fatal(err)
	} else if _, err := c.Duties(t.Context()); judging.CodeOf(err) != judging.Forbidden {
		t.Errorf("the former code: %v", err)
	}
	comes(t, fresh)
	second, err := client.Open(http.DefaultClient, fresh, "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := second.Duties(t.Context()); judging.CodeOf(err) != judging.Forbidden {
		t.Errorf("a second device before it was released: %v", err)
	}
	row, _ := b.page.view.table.Selected()
	b.page.onRelease(row)
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Duties(t.Context()); err != nil {
		t.Errorf("the second device after it was released: %v", err)
	}
	b.page.onRevoke(row)
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Duties(t.Context()); judging.CodeOf(err) != judging.Forbidden || r.link("j001") != "" {
		t.Errorf("after the code has ended: %v", err)
	}
	b.shows(t, "没有入场码，这位评委进不来")
	if len(b.Errors) > 0 {
		t.Error(b.Errors)
	}
}

func TestSlipsArePrintedAndThoseNotKnownAreAskedAbout(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	b := newBench(t, h.Office)
	b.openRoom(t)
	r := b.of(b.office)
	b.Path = filepath.Join(t.TempDir(), "入场条.pdf")
	kittest.Tap(t, b.root, "打印入场条")
	if _, err := os.Stat(b.Path); err == nil || !strings.Contains(b.Asked[0].Text, "3 位评委的入场码是以前发的") {
		t.Fatalf("printed without asking: %+v", b.Asked)
	}
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(b.Path); err != nil || info.Size() < 5000 || r.link("j003") == "" {
		t.Errorf("slips: %v, %v", info, err)
	}
	asked := len(b.Asked)
	kittest.Tap(t, b.root, "打印入场条")
	if len(b.Asked) != asked {
		t.Error("all codes are known, and it asks")
	}
	all, err := os.Stat(b.Path)
	if err != nil {
		t.Fatal(err)
	}
	b.Path = filepath.Join(t.TempDir(), "一张.pdf")
	row, _ := b.page.view.table.Selected()
	for _, item := range b.page.view.menu(row) {
		if item.Label == "打印这一张入场条" {
			item.Action()
		}
	}
	if one, err := os.Stat(b.Path); err != nil || one.Size() >= all.Size() {
		t.Errorf("one slip: %v, %v", one, err)
	}
}

func TestAPortThatIsTakenIsSaidNextToIt(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	b := newBench(t, pagetest.WithPlan(t, 6))
	b.page.form.port.SetValue(float64(l.Addr().(*net.TCPAddr).Port))
	kittest.Tap(t, b.root, "打开评审室")
	if wrong := b.page.form.port.Wrong(); !strings.Contains(wrong, "占用") || b.IsOpen() || len(b.Errors) > 0 {
		t.Errorf("%q, open %v, %v", wrong, b.IsOpen(), b.Errors)
	}
	if all, err := b.office.Passes().Passes(t.Context()); err != nil || !all[0].Issued.IsZero() {
		t.Errorf("codes were issued for a room that is not open: %+v, %v", all, err)
	}
	b.openRoom(t)
}

func TestWithoutANetworkOrAPlanNoRoomIsOpened(t *testing.T) {
	b := newBench(t, pagetest.WithJudges(t, 6))
	b.shows(t, "发布分配以后")
	b = newBench(t, pagetest.WithPlan(t, 6))
	b.own = nil
	kittest.Tap(t, b.root, "刷新网络")
	b.shows(t, "没有连上局域网")
	kittest.Tap(t, b.root, "打开评审室")
	if b.IsOpen() {
		t.Error("opened without a network")
	}
	b.own = []lan.Address{{IP: "127.0.0.1", Name: "eth0", Kind: "wired"}}
	kittest.Tap(t, b.root, "刷新网络")
	b.shows(t, "有线网")
	b.openRoom(t)
}

func TestWhatIsWrongWithAnOpenRoomIsSaid(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 6))
	b.refuse = errors.New("no")
	b.openRoom(t)
	b.shows(t, "没能让电脑保持唤醒")
	stages := b.Mark(b.Shell, []status.Stage{{Key: page.Works}, {Key: page.Progress}})
	if len(stages[0].Below) != 0 || len(stages[1].Below) != 1 || stages[1].Below[0].Title != "评审室开着" {
		t.Errorf("the sign: %+v", stages)
	}
	b.own = nil
	waitFor(t, b.of(b.office).Gone)
	b.page.Load()
	b.shows(t, "换了网络", "换个地址重新打开")
	if s := b.Mark(b.Shell, []status.Stage{{Key: page.Progress}}); s[0].Below[0].Title != "评审室断了" {
		t.Errorf("the sign: %+v", s)
	}
	b.own = []lan.Address{{IP: "127.0.0.1", Name: "eth0", Kind: "wired"}}
	kittest.Tap(t, b.root, "换个地址重新打开")
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	b.page.Load()
	b.openRoom(t)
	if s := b.Mark(b.Shell, []status.Stage{{Key: page.Progress}}); s[0].Below[0].Title != "评审室开着" {
		t.Errorf("the sign: %+v", s)
	}
}

func waitFor(t *testing.T, what func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !what(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it did not come")
		}
	}
}

// TestScoresOnDevicesAreToldBeforeTheRoomIsClosed sends what a page sends: how many scores it could not send yet.
func TestScoresOnDevicesAreToldBeforeTheRoomIsClosed(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 6))
	b.openRoom(t)
	r := b.of(b.office)
	waits := &http.Client{Transport: waitingHeader{}}
	c, err := client.Open(waits, r.link("j002"), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Duties(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.page.view.table.Select("j002")
	stale := b.page.view.menu(b.page.view.table.Rows()[1]) // as drawn before the judge came
	b.page.Load()
	for _, item := range stale {
		if item.Label == "发新的入场码" || item.Label == "允许换设备" {
			item.Action()
			if q := b.Asked[len(b.Asked)-1]; !strings.Contains(q.Text, "还有 3 件没有交上来") {
				t.Errorf("%s: what is on the device only is not said: %q", item.Label, q.Text)
			}
		}
	}
	kittest.Tap(t, b.root, "关闭评审室")
	q := b.Asked[len(b.Asked)-1]
	if !strings.Contains(q.Text, "钱二 3 件") || !q.Danger {
		t.Errorf("asked %+v", q)
	}
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if n := b.Told[len(b.Told)-1]; !strings.Contains(n.Text, "1 位评委的设备上还有没交上来的分数") {
		t.Errorf("told %+v", n)
	}
}

type waitingHeader struct{}

// RoundTrip says that three scores wait.
func (waitingHeader) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Fayi-Waiting", "3")
	return http.DefaultTransport.RoundTrip(r)
}

// TestWhatCannotBeReadIsSaidInThePage takes the plan away from under an open room.
func TestWhatCannotBeReadIsSaidInThePage(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 6))
	b.openRoom(t)
	b.page.showOpen(b.of(b.office), nil, judging.Fail(judging.Closed, "scores.no_plan", nil))
	b.shows(t, b.Err(judging.Fail(judging.Closed, "scores.no_plan", nil)), "赵一")
	if len(b.Errors) > 0 {
		t.Errorf("a dialog was opened: %v", b.Errors)
	}
	b.page.Load()
	b.shows(t, "本机能打开这个网址")
}

func TestNothingJumpsWhileWhoIsHereIsRead(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 6))
	b.openRoom(t)
	b.page.view.table.Select("j003")
	code := b.page.view.side.Objects[0]
	comes(t, b.of(b.office).link("j004"))
	b.page.Load()
	if b.page.view.side.Objects[0] != code {
		t.Error("the code was drawn again though nothing of it changed")
	}
	if row, _ := b.page.view.table.Selected(); row.Judge != "j003" {
		t.Errorf("selected is %s", row.Judge)
	}
	notice := b.page.view.state.Objects[0]
	b.page.Load()
	if b.page.view.state.Objects[0] != notice {
		t.Error("the sentence was drawn again though it is the same")
	}
	b.turn(t)
	if row, _ := b.page.view.table.Selected(); row.Judge != "j003" {
		t.Errorf("after another page %s is selected", row.Judge)
	}
}

func TestTheCodeIsShownAsLargeAsTheWindow(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 6))
	b.openRoom(t)
	kittest.Tap(t, b.root, "放大二维码")
	if r := b.Routes[len(b.Routes)-1]; r.Kind != page.Room || r.ID != "j001" {
		t.Fatalf("led to %+v", r)
	}
	p := NewPage(b.Shell, b.Keeper, b.office, b.Routes[len(b.Routes)-1]).(*codePage)
	root := b.Open(p)
	pagetest.Settle(b.Shell)
	for _, want := range []string{"赵一", "第 1 位 / 共 4 位", b.of(b.office).link("j001")} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if !kittest.Shows(root, "李四") {
		t.Errorf("the one before the first: %q", kittest.Texts(root))
	}
	if _, err := b.Close(); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if !kittest.Shows(root, "评审室已经关闭") {
		t.Errorf("after the room was closed: %q", kittest.Texts(root))
	}
}

func TestTheBigScreensAddressIsThatOfTheOpenRoom(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 6))
	p := NewScreen(b.Shell, b.Keeper, b.office).(*screenPage)
	root := b.Open(p)
	if !kittest.Shows(root, "评审室还没有打开") {
		t.Fatalf("without a room: %q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "开评审室")
	if len(b.Routes) != 1 || b.Routes[0].Kind != page.Room {
		t.Errorf("led to %+v", b.Routes)
	}
	b.turn(t)
	b.openRoom(t)
	p = NewScreen(b.Shell, b.Keeper, b.office).(*screenPage)
	root = b.Open(p)
	link, err := b.of(b.office).Screen(t.Context())
	if err != nil || !kittest.Shows(root, link) {
		t.Fatalf("%s is not shown, %v: %q", link, err, kittest.Texts(root))
	}
	kittest.Tap(t, root, "复制网址")
	if got := fyne.CurrentApp().Clipboard().Content(); got != link {
		t.Errorf("copied %q", got)
	}
	kittest.Tap(t, root, "在本机打开")
	if n := b.Told[len(b.Told)-1]; len(b.Errors) > 0 || !strings.Contains(n.Text, "浏览器") {
		t.Errorf("opened: %v, told %+v", b.Errors, n)
	}
	kittest.Tap(t, root, "换一个网址…")
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if fresh, err := b.of(b.office).Screen(t.Context()); err != nil || fresh == link || !kittest.Shows(root, fresh) {
		t.Errorf("the address before is still shown, %v: %q", err, kittest.Texts(root))
	}
}

func TestRoomPagesFit(t *testing.T) {
	o := pagetest.WithPlan(t, 12)
	b := newBench(t, o)
	b.openRoom(t)
	c, in := comes(t, b.of(o).link("j002"))
	if _, err := c.Save(t.Context(), judging.Ballot{Code: in.Works[0].Code, Total: 80}); err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "room-open", func(sh kit.Shell) kit.Page {
		return NewPage(sh, b.Keeper, o, kit.Route{Kind: page.Room})
	})
	pagetest.Shots(t, "room-code", func(sh kit.Shell) kit.Page {
		return NewPage(sh, b.Keeper, o, kit.Route{Kind: page.Room, ID: "j001"})
	})
	pagetest.Shots(t, "room-screen", func(sh kit.Shell) kit.Page { return NewScreen(sh, b.Keeper, o) })
	if _, err := b.Close(); err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "room-form", func(sh kit.Shell) kit.Page {
		return NewPage(sh, b.Keeper, o, kit.Route{Kind: page.Room})
	})
}
