package office_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/mail"
	call "fayi/judging/office/collect"
)

// postOffice is a real mail server on this computer.
type postOffice struct {
	dir       string
	req       call.MailRequest
	plainPort int // for STARTTLS
}

// dovecot starts Dovecot with an empty mailbox.
func dovecot(t *testing.T) *postOffice {
	t.Helper()
	if _, err := os.Stat("/usr/sbin/dovecot"); err != nil {
		t.Skip("no dovecot: scripts/deps test installs it")
	}
	dir, err := os.MkdirTemp("", "fayi-post-*")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	imaps, imap := freePort(t), freePort(t)
	cmd := exec.Command("../../scripts/dovecot", dir, fmt.Sprint(imaps), fmt.Sprint(imap))
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	var said bytes.Buffer
	cmd.Stderr = &said
	must(t, cmd.Start())
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("dovecot says %q %v: %s", line, err, said.String())
	}
	pem, err := os.ReadFile(filepath.Join(dir, "cert.pem"))
	must(t, err)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	p := &postOffice{dir: dir, req: call.MailRequest{
		Account:  mail.Account{Host: "localhost", Port: imaps, User: "office@example.cn", Roots: roots},
		Password: "邮箱密码", Dir: t.TempDir(), Since: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC),
	}}
	p.plainPort = imap
	return p
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// put lays a letter into the mailbox, as a delivery does.
func (p *postOffice) put(t *testing.T, n int, letter string) {
	t.Helper()
	name := fmt.Sprintf("%d.M%dP1.host", 1700000000+n, n)
	must(t, os.WriteFile(filepath.Join(p.dir, "mail", "tmp", name), []byte(letter), 0o644))
	must(t, os.Rename(filepath.Join(p.dir, "mail", "tmp", name), filepath.Join(p.dir, "mail", "new", name)))
}

// letter is one with attachments, by name and contents.
func letter(subject string, files ...[2]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "From: =?utf-8?B?%s?= <town@example.cn>\r\nSubject: =?utf-8?B?%s?=\r\n"+
		"Date: Tue, 1 Dec 2026 08:00:00 +0800\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=xyz\r\n\r\n"+
		"--xyz\r\nContent-Type: text/plain\r\n\r\nhello\r\n", b64("示例镇"), b64(subject))
	for _, f := range files {
		fmt.Fprintf(&b, "--xyz\r\nContent-Type: application/octet-stream; name=\"=?utf-8?B?%s?=\"\r\n"+
			"Content-Transfer-Encoding: base64\r\n\r\n", b64(f[0]))
		data := b64(f[1])
		for len(data) > 76 {
			b.WriteString(data[:76] + "\r\n")
			data = data[76:]
		}
		b.WriteString(data + "\r\n")
	}
	return b.String() + "--xyz--\r\n"
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// mailbox is what lies in the Maildir: names with flags, by folder.
func (p *postOffice) mailbox(t *testing.T) string {
	t.Helper()
	var out []string
	for _, sub := range []string{"new", "cur"} {
		list, err := os.ReadDir(filepath.Join(p.dir, "mail", sub))
		must(t, err)
		for _, d := range list {
			name, flags, _ := strings.Cut(d.Name(), ":")
			out = append(out, name+" "+flags)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func letterStates(r call.MailReport) string {
	var out []string
	for _, l := range r.Letters {
		out = append(out, l.State)
	}
	return strings.Join(out, " ")
}

func TestLettersOfTheContestBecomeFoldersAndTheMailboxStays(t *testing.T) {
	p := dovecot(t)
	o, kits := called(t, "2999-12-31")
	book, err := os.ReadFile(filepath.Join(sent(t, kits, "示例镇", []string{"与法同行"}), "表.xlsx"))
	must(t, err)
	var zipped bytes.Buffer
	z := zip.NewWriter(&zipped)
	w, err := z.Create("示例镇/登记表.xlsx")
	must(t, err)
	_, err = w.Write(book)
	must(t, errs(err, z.Close()))
	p.put(t, 1, letter("报送作品", [2]string{"登记表.xlsx", string(book)}, [2]string{"与法同行.jpg", "图"}))
	p.put(t, 2, letter("又报送", [2]string{"报送.zip", zipped.String()}, [2]string{"../../外.exe", "x"}))
	p.put(t, 3, letter("转：法治文化作品征集的补充", [2]string{"补.txt", "补"}))
	p.put(t, 4, letter("发票", [2]string{"发票.pdf", "票"}))
	p.put(t, 5, "From: a@example.cn\r\nSubject: hi\r\nContent-Type: text/plain\r\n\r\nhello\r\n")
	before := p.mailbox(t)
	r, err := o.Collect().FetchMail(t.Context(), p.req, nil)
	must(t, err)
	if got := letterStates(r); got != "saved saved saved foreign" || r.Plain != 1 || r.More != 0 {
		t.Errorf("%s %+v", got, r)
	}
	if l := r.Letters[1]; l.From != "示例镇" || fmt.Sprint(l.Left) != "[{外.exe program}]" || l.Files != 1 {
		t.Errorf("%+v", l)
	}
	for _, name := range []string{"登记表.xlsx", "与法同行.jpg"} {
		if _, err := os.Stat(filepath.Join(p.req.Dir, r.Letters[0].Folder, name)); err != nil {
			t.Error(err)
		}
	}
	list, err := os.ReadDir(p.req.Dir)
	must(t, err)
	if len(list) != 3 {
		t.Errorf("%d folders: %v", len(list), list)
	}
	after := p.mailbox(t)
	if strings.ReplaceAll(after, "2,", "") != strings.ReplaceAll(before, "2,", "") || strings.Contains(after, "S") {
		t.Errorf("the mailbox changed:\n%s\nwas\n%s", after, before)
	}
	if _, b := states(t, o); len(b.Parcels) != 0 {
		t.Error("a letter was imported by itself")
	}
	// nothing comes twice: not the next time, not after more letters, not when all are looked at again
	r, err = o.Collect().FetchMail(t.Context(), p.req, nil)
	must(t, err)
	if len(r.Letters)+r.Plain != 0 {
		t.Errorf("again: %+v", r)
	}
	p.put(t, 6, letter("法治文化作品征集", [2]string{"又.txt", "又"}))
	r, err = o.Collect().FetchMail(t.Context(), p.req, nil)
	must(t, err)
	if got := letterStates(r); got != "saved" {
		t.Errorf("one more: %s", got)
	}
	again := p.req
	again.Again = true
	r, err = o.Collect().FetchMail(t.Context(), again, nil)
	must(t, err)
	if got := letterStates(r); got != "known known known foreign known" {
		t.Errorf("all again: %s", got)
	}
	// other numbers of the letters, as after a mailbox was rebuilt
	must(t, os.RemoveAll(filepath.Join(p.dir, "mail", "dovecot-uidlist")))
	r, err = o.Collect().FetchMail(t.Context(), p.req, nil)
	must(t, err)
	if strings.Contains(letterStates(r), "saved") {
		t.Errorf("other numbers: %s", letterStates(r))
	}
	boxes, err := o.Collect().Mailboxes(t.Context())
	must(t, err)
	if len(boxes) != 1 || boxes[0].User != "office@example.cn" || strings.Contains(fmt.Sprintf("%+v", boxes), "邮箱密码") {
		t.Errorf("%+v", boxes)
	}
}

func errs(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestWhatKeepsAMailboxShutIsSaid(t *testing.T) {
	p := dovecot(t)
	o := newOffice(t)
	for name, c := range map[string]struct {
		change func(*call.MailRequest)
		code   judging.Code
		text   string
	}{
		"a wrong password": {func(r *call.MailRequest) {
			r.Password = "不对"
		}, judging.Forbidden, "mail.refused"},
		"no such folder": {func(r *call.MailRequest) {
			r.Account.Folder = "没有"
		}, judging.NotFound, "mail.no_folder"},
		"a foreign certificate": {func(r *call.MailRequest) {
			r.Account.Roots = nil
		}, judging.Invalid, "mail.certificate"},
		"another host's name": {func(r *call.MailRequest) {
			r.Account.Host = "127.0.0.1"
		}, judging.Invalid, "mail.certificate"},
		"nobody there": {func(r *call.MailRequest) {
			r.Account.Port = freePort(t)
		}, judging.Unavailable, "mail.no_network"},
		"no such host": {func(r *call.MailRequest) {
			r.Account.Host = "mail.invalid"
		}, judging.Unavailable, "mail.no_network"},
		"no TLS at that port": {func(r *call.MailRequest) {
			r.Account.Port = p.plainPort
		}, judging.Unavailable, "mail.no_tls"},
		"a folder that is gone": {func(r *call.MailRequest) {
			r.Dir += "/x"
		}, judging.NotFound, "arrival.no_folder"},
		"STARTTLS, not trusted": {func(r *call.MailRequest) {
			r.Account.Port, r.Account.StartTLS, r.Account.Roots = p.plainPort, true, nil
		}, judging.Invalid, "mail.certificate"},
		"STARTTLS, all is right": {func(r *call.MailRequest) {
			r.Account.Port, r.Account.StartTLS = p.plainPort, true
		}, "", ""},
	} {
		req := p.req
		c.change(&req)
		_, err := o.Collect().FetchMail(t.Context(), req, nil)
		if c.text == "" {
			must(t, err)
			continue
		}
		var told *judging.Error
		if e, ok := err.(*judging.Error); ok {
			told = e
		}
		if told == nil || told.Code != c.code || told.Text != c.text {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), req.Password) {
			t.Errorf("%s: the password is told", name)
		}
	}
}

func TestALineThatBreaksLosesNothing(t *testing.T) {
	p := dovecot(t)
	o := newOffice(t)
	for i := range 6 {
		p.put(t, i, letter("法治文化作品征集", [2]string{fmt.Sprintf("%d.txt", i), strings.Repeat(fmt.Sprint(i), 100_000)}))
	}
	for most := 1; ; most++ { // the line breaks after more and more bytes
		if most > 40 {
			t.Fatal("it never ends")
		}
		req := p.req
		req.Account.Port = relay(t, p.req.Account.Port, most*60_000)
		if _, err := o.Collect().FetchMail(t.Context(), req, nil); err == nil {
			break
		} else if judging.CodeOf(err) != judging.Unavailable {
			t.Fatalf("%d: %v", most, err)
		}
	}
	list, err := os.ReadDir(p.req.Dir)
	must(t, err)
	if len(list) != 6 {
		t.Errorf("%d folders of 6 letters: %v", len(list), list)
	}
	for _, d := range list {
		files, err := os.ReadDir(filepath.Join(p.req.Dir, d.Name()))
		must(t, err)
		if info, err := files[0].Info(); err != nil || len(files) != 1 || info.Size() != 100_000 {
			t.Errorf("%s: %v %v", d.Name(), files, err)
		}
	}
}

// relay passes bytes on to a port of this computer and breaks off after so many of them.
func relay(t *testing.T, to, most int) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", fmt.Sprint("127.0.0.1:", to))
			if err != nil {
				near.Close()
				return
			}
			go func() { _, _ = io.Copy(far, near); far.Close() }()
			go func() {
				_, _ = io.CopyN(near, far, int64(most))
				near.Close()
				far.Close()
			}()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}
