package main

import (
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"fayi/cmd/fayictl/internal/command"
)

// arrivals runs what comes by itself: a watched folder, a mailbox.
func (j *journey) arrivals() {
	for _, dir := range []string{"收件", "邮箱收件"} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			j.t.Fatal(err)
		}
	}
	j.file("收件/示例二小.csv", []byte("作品名称,作品类别,组别,作者\n在路上,征文,小学组,丁\n"))
	j.both("collect watch call.fayi 收件")
	j.run(4, "collect watch call.fayi 没有")
	j.run(2, "collect watch call.fayi 收件 --for 很久")
	j.both("collect aside call.fayi 收件/示例二小.csv")
	j.run(0, "collect aside call.fayi 收件/示例二小.csv --back")
	j.run(4, "collect aside call.fayi 收件/示例二小.csv --back")
	at := j.mailServer()
	j.t.Setenv(command.MailVariable, "密码")
	j.both("collect mail call.fayi --user 局 --out 邮箱收件 " + at)
	j.run(4, "collect mail call.fayi --user 局 --out 没有 "+at)
	j.run(2, "collect mail call.fayi --user 局 --out 邮箱收件 --since 昨天 "+at)
	j.t.Setenv(command.MailVariable, "不对")
	j.run(6, "collect mail call.fayi --user 局 --out 邮箱收件 "+at)
	j.both("collect mailboxes call.fayi")
}

// mailServer is a mailbox with one letter, and the flags by which it is reached.
func (j *journey) mailServer() string {
	web := httptest.NewTLSServer(nil) // it has a certificate for this computer
	j.t.Cleanup(web.Close)
	user := imapmemserver.NewUser("局", "密码")
	if err := user.Create("INBOX", nil); err != nil {
		j.t.Fatal(err)
	}
	letter := "Subject: 示例征集\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" +
		"Content-Disposition: attachment; filename=作品.txt\r\n\r\n在路上\r\n--x--\r\n"
	if _, err := user.Append("INBOX", strings.NewReader(letter), &imap.AppendOptions{Time: time.Now()}); err != nil {
		j.t.Fatal(err)
	}
	server := imapmemserver.New()
	server.AddUser(user)
	s := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return server.NewSession(), nil, nil
		},
		Caps: imap.CapSet{imap.CapIMAP4rev1: {}},
	})
	l, err := tls.Listen("tcp", "127.0.0.1:0", web.TLS)
	if err != nil {
		j.t.Fatal(err)
	}
	go func() { _ = s.Serve(l) }()
	j.t.Cleanup(func() { s.Close() })
	j.file("ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}))
	return fmt.Sprintf("--host 127.0.0.1 --port %d --ca ca.pem", l.Addr().(*net.TCPAddr).Port)
}
