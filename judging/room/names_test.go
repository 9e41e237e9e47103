package room_test

import (
	"bytes"
	"crypto/rand"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// byName is a room that lets judges in by name; the second and the third have PINs, too. Its clock goes on only when
// the result is called: on a slow computer no wait ends by itself.
func byName(t *testing.T) (h *roomtest.House, later func(time.Duration)) {
	t.Helper()
	begin, passed := time.Now(), atomic.Int64{}
	h = local(t, roomtest.Contest{Works: 6, Judges: 4, Names: true, PIN: "2048",
		Now: func() time.Time { return begin.Add(time.Duration(passed.Load())) }})
	for judge, pin := range map[judging.JudgeID]string{"j002": "3141", "j003": "2718"} {
		if _, err := h.Office.Secrets().SetPIN(t.Context(), judge, pin); err != nil {
			t.Fatal(err)
		}
	}
	return h, func(d time.Duration) { passed.Add(int64(d)) }
}

func enter(t *testing.T, h *roomtest.House, name, pin, device string) (*client.Client, error) {
	t.Helper()
	return client.Enter(t.Context(), http.DefaultClient, h.At, name, pin, device, rand.Reader)
}

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	if e, ok := err.(*judging.Error); !ok || e.Text != key {
		t.Errorf("%v, want %s", err, key)
	}
}

const thisDevice, otherDevice = "0123456789abcdef", "fedcba9876543210"

func TestAJudgeComesInByNameAndPIN(t *testing.T) {
	h, _ := byName(t)
	names, err := client.Names(t.Context(), http.DefaultClient, h.At)
	if err != nil || strings.Join(names, " ") != "评委A 评委B 评委C" {
		t.Fatal(names, err) // the fourth has no PIN
	}
	c, err := enter(t, h, "评委B", "3141", thisDevice)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Duties(t.Context())
	if err != nil || in.Judge != "j002" {
		t.Fatal(in.Judge, err)
	}
	if _, err := c.Save(t.Context(), judging.Ballot{Code: in.Works[0].Code, Total: 80}); err != nil {
		t.Fatal(err)
	}
	again, err := enter(t, h, "评委B", "3141", thisDevice)
	if err != nil {
		t.Fatal("the same device again:", err)
	}
	if now, err := again.Duties(t.Context()); err != nil || now.Works[0].Total != 80 && in.Works[0].Total != 0 {
		t.Error(now.Works[0], err)
	}
	// it is the pass of the slip: a judge who scans it on the same device goes on
	scanned, err := client.Open(http.DefaultClient, h.Address("j002"), thisDevice, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := scanned.Duties(t.Context()); err != nil {
		t.Error(err)
	}
	for what, name := range map[string]string{"without a PIN": "评委D", "unknown": "某某", "none": ""} {
		_, err := enter(t, h, name, "2048", thisDevice)
		if wantKey(t, err, "room.no_name"); t.Failed() {
			t.Fatal(what)
		}
	}
}

func TestWrongPINsAreCountedAndHaveToWait(t *testing.T) {
	h, later := byName(t)
	_, err := enter(t, h, "评委A", "9999", thisDevice)
	wantKey(t, err, "pin.wrong")
	for _, pin := range []string{"9998", "2048"} {
		_, err = enter(t, h, "评委A", pin, otherDevice)
		wantKey(t, err, "pin.wait")
	}
	// at the desk the same tries count
	err = h.Office.Secrets().CheckPIN(t.Context(), "j001", "2048")
	wantKey(t, err, "pin.wait")
	if _, err := enter(t, h, "评委B", "3141", otherDevice); err != nil {
		t.Error("another judge waits, too:", err)
	}
	later(time.Second)
	if _, err := enter(t, h, "评委A", "2048", thisDevice); err != nil {
		t.Error(err)
	}
}

// TestOfManyGuessesAtOnceOneIsMade guesses from many devices at the same moment.
func TestOfManyGuessesAtOnceOneIsMade(t *testing.T) {
	h, _ := byName(t)
	var all sync.WaitGroup
	told := make(chan error, 12)
	for range cap(told) {
		all.Go(func() {
			_, err := client.Enter(t.Context(), http.DefaultClient, h.At, "评委A", "0000", "", rand.Reader)
			told <- err
		})
	}
	all.Wait()
	close(told)
	made := 0
	for err := range told {
		if e, ok := err.(*judging.Error); ok && e.Text == "pin.wrong" {
			made++
		}
	}
	if made != 1 {
		t.Errorf("%d guesses were answered", made)
	}
}

func TestASecondDeviceIsRefusedAndBothAreTold(t *testing.T) {
	h, _ := byName(t)
	c, err := enter(t, h, "评委A", "2048", thisDevice)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Duties(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = enter(t, h, "评委A", "2048", otherDevice)
	wantKey(t, err, "room.other_device")
	first := newCallerOn(t, h, "j001", thisDevice)
	knock := []byte(`"knock":{"n":1,"text":"另一台设备（评分程序）`)
	if _, list := first.ask("GET", "/api/duties", nil); !bytes.Contains(list, knock) {
		t.Errorf("the first device is not told: %s", list)
	}
	_, err = enter(t, h, "评委A", "2048", otherDevice)
	wantKey(t, err, "room.other_device")
	for _, one := range h.Room.Here() {
		if one.Judge == "j001" && one.Knocks != 1 {
			t.Errorf("one device that asks twice is told %d times", one.Knocks)
		}
	}
	if err := h.Office.Passes().ReleaseDevice(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
	if _, err := enter(t, h, "评委A", "2048", otherDevice); err != nil {
		t.Error("after the device was released:", err)
	}
	second := newCallerOn(t, h, "j001", otherDevice)
	if _, list := second.ask("GET", "/api/duties", nil); !bytes.Contains(list, []byte(`"knock":null`)) {
		t.Errorf("the second device hears of itself: %s", list)
	}
	_, err = c.Duties(t.Context())
	wantKey(t, err, "room.other_device")
	for _, one := range h.Room.Here() {
		if one.Judge == "j001" && one.Knocks != 1 {
			t.Error("the judge's own former device is taken for a stranger's")
		}
	}
}

func TestWhoWasRevokedOrHasAClosedRoundIsNotNamed(t *testing.T) {
	h, _ := byName(t)
	if err := h.Office.Passes().RevokePass(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
	_, err := enter(t, h, "评委A", "2048", thisDevice)
	wantKey(t, err, "room.no_name")
	_, err = h.Office.Assignment().CorrectJudge(t.Context(), "j003", map[string]string{"name": "评委B"}, "更正")
	if err != nil {
		t.Fatal(err)
	}
	if names, err := client.Names(t.Context(), http.DefaultClient, h.At); err != nil || len(names) != 0 {
		t.Error("two of one name are offered:", names, err)
	}
}

func TestARoomThatAsksForCodesNamesNobody(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 6, Judges: 3, PIN: "2048"})
	_, err := client.Names(t.Context(), http.DefaultClient, h.At)
	wantKey(t, err, "room.no_token")
	stranger := &caller{t: t, base: h.At}
	resp, body := stranger.plain("POST", "/api/enter", []byte(`{"public":"x","sealed":"x"}`), nil)
	if resp.StatusCode != http.StatusForbidden || bytes.Contains(body, []byte("评委A")) {
		t.Errorf("%s %s", resp.Status, body)
	}
}

// TestWhoListensLearnsNoPINAndNoKey reads all that goes over the wire while a judge comes in.
func TestWhoListensLearnsNoPINAndNoKey(t *testing.T) {
	h, _ := byName(t)
	const pin = "204816093275" // so long that it stands nowhere by chance
	if _, err := h.Office.Secrets().SetPIN(t.Context(), "j001", pin); err != nil {
		t.Fatal(err)
	}
	wire := &tape{}
	via := &http.Client{Transport: wire}
	c, err := client.Enter(t.Context(), via, h.At, "评委A", pin, thisDevice, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Duties(t.Context()); err != nil {
		t.Fatal(err)
	}
	key := newCaller(t, h, "j001").key
	for what, secret := range map[string]string{
		"the PIN": pin, "the key": string(key[:]), "the token": h.Tokens["j001"],
	} {
		if bytes.Contains(wire.all, []byte(secret)) {
			t.Errorf("%s goes over the wire", what)
		}
	}
	if !bytes.Contains(wire.all, []byte("sealed")) || !bytes.Contains(wire.all, []byte(key.ID())) {
		t.Error("nothing was listened to")
	}
	if err := c.Submit(t.Context(), pin); err == nil || bytes.Contains(wire.all, []byte(pin)) {
		t.Error("the PIN goes over the wire when the list is handed in", err)
	}
	for _, body := range wire.entered { // it would end the wait after a wrong try of another
		resp, got := newCaller(t, h, "j002").plain("POST", "/api/enter", body, nil)
		if resp.StatusCode != http.StatusConflict || !bytes.Contains(got, []byte("room.names_stale")) {
			t.Errorf("sent again: %s %s", resp.Status, got)
		}
	}
	if len(wire.entered) != 1 {
		t.Errorf("%d entries were heard", len(wire.entered))
	}
}

// tape keeps what is sent and answered.
type tape struct {
	all     []byte
	entered [][]byte
}

// RoundTrip implements http.RoundTripper.
func (w *tape) RoundTrip(r *http.Request) (*http.Response, error) {
	said, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(said))
	w.all = append(w.all, said...)
	if r.URL.Path == "/api/enter" {
		w.entered = append(w.entered, said)
	}
	for _, v := range r.Header {
		w.all = append(w.all, strings.Join(v, " ")...)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(got))
	w.all = append(w.all, got...)
	return resp, err
}

func TestAClosedRoundNamesNobody(t *testing.T) {
	h, _ := byName(t)
	pins := map[judging.JudgeID]string{"j001": "2048", "j002": "3141", "j003": "2718", "j004": ""}
	for judge, pin := range pins {
		desk := h.Office.Scoring().Desk(judge)
		for _, w := range listOf(t, h, judge).Works {
			if _, err := desk.Save(t.Context(), judging.Ballot{Code: w.Code, Total: 80}); err != nil {
				t.Fatal(err)
			}
		}
		if err := desk.Submit(t.Context(), pin); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Office.Scoring().CloseRound(t.Context(), "评完了"); err != nil {
		t.Fatal(err)
	}
	if names, err := client.Names(t.Context(), http.DefaultClient, h.At); err != nil || len(names) != 0 {
		t.Error("offered:", names, err)
	}
	_, err := enter(t, h, "评委A", "2048", thisDevice)
	wantKey(t, err, "room.no_name")
}
