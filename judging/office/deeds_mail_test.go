package office_test

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"fayi/judging/mail"
	call "fayi/judging/office/collect"
)

// mailbox serves a letter with a list, which names the contest, until the test ends.
func mailbox(c attempt) call.MailRequest {
	c.t.Helper()
	web := httptest.NewTLSServer(nil) // it has a certificate for this computer
	c.t.Cleanup(web.Close)
	user := imapmemserver.NewUser("局", "密码")
	must(c.t, user.Create("INBOX", nil))
	letter := "Subject: 甲\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" +
		"Content-Disposition: attachment; filename=list.csv\r\n\r\n" + aList + "\r\n--x--\r\n"
	_, err := user.Append("INBOX", strings.NewReader(letter), &imap.AppendOptions{Time: time.Now()})
	must(c.t, err)
	server := imapmemserver.New()
	server.AddUser(user)
	s := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return server.NewSession(), nil, nil
		},
		Caps: imap.CapSet{imap.CapIMAP4rev1: {}},
	})
	l, err := tls.Listen("tcp", "127.0.0.1:0", web.TLS)
	must(c.t, err)
	go func() { _ = s.Serve(l) }()
	c.t.Cleanup(func() { s.Close() })
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	at := l.Addr().(*net.TCPAddr)
	return call.MailRequest{Dir: c.in, Password: "密码", Account: mail.Account{
		Host: at.IP.String(), Port: at.Port, User: "局", Roots: roots,
	}}
}
