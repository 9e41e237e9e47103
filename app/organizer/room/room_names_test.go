package room

import (
	"crypto/rand"
	"crypto/tls"
	"net/http"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/room/client"
)

// TestTheFormSaysWhoCannotComeInByName, and the open room shows the address for all.
func TestTheFormSaysWhoCannotComeInByName(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	for _, j := range []judging.JudgeID{"j001", "j002", "j003"} {
		if _, err := o.Secrets().SetPIN(t.Context(), j, "2048"); err != nil {
			t.Fatal(err)
		}
	}
	b := newBench(t, o)
	var last string
	all, err := o.Passes().Entrances(t.Context())
	if err != nil || len(all) != 4 {
		t.Fatal(all, err)
	}
	last = all[3].Name
	b.shows(t, "还不能按姓名进入："+last+"（没有个人密码）")
	b.page.form.names.SetChecked(true)
	b.turn(t) // what was ticked stays ticked
	b.openRoom(t)
	r := b.of(b.office)
	b.shows(t, "评委可以在这个网址选姓名", "放大这个网址的二维码")
	names, err := client.Names(t.Context(), http.DefaultClient, r.Address)
	if err != nil || len(names) != 3 {
		t.Fatal(names, err)
	}
	_, err = client.Enter(t.Context(), http.DefaultClient, r.Address, names[0], "2048", "", rand.Reader)
	if err != nil {
		t.Error(err)
	}
	root := b.Open(NewPage(b.Shell, b.Keeper, o, kit.Route{Kind: page.Room, ID: everybody}))
	if !kittest.Shows(root, r.Address) || !kittest.Shows(root, "所有评委的二维码") {
		t.Errorf("%q", kittest.Texts(root))
	}
}

func TestARoomOnHTTPSShowsHowToTrustIt(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	b := newBench(t, o)
	b.page.form.safety.way = wayOffice
	kittest.Tap(t, b.root, "打开评审室") // without files it stays where it is
	if b.IsOpen() {
		t.Fatal("opened without a certificate")
	}
	b.page.form.safety.way = wayOwn
	b.turn(t)
	b.shows(t, "每台设备要先装一次")
	b.openRoom(t)
	r := b.of(o)
	if r.Trust == nil || !strings.HasPrefix(r.Address, "https://") {
		t.Fatal(r.Address)
	}
	b.shows(t, r.Trust.Page, r.Trust.Print[:19], "放大装证书的二维码", "本机能打开这个网址")
	root := b.Open(NewPage(b.Shell, b.Keeper, o, kit.Route{Kind: page.Room, ID: trusting}))
	if !kittest.Shows(root, r.Trust.Page) || !kittest.Shows(root, r.Trust.Print[:19]) {
		t.Errorf("%q", kittest.Texts(root))
	}
	a, err := o.Passes().Authority(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	via := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: a.Pool()}}}
	if c, err := client.Open(via, r.link("j001"), "", rand.Reader); err != nil {
		t.Fatal(err)
	} else if _, err := c.Duties(t.Context()); err != nil {
		t.Error(err)
	}
}
