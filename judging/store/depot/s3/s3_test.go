package s3_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"fayi/judging"
	"fayi/judging/store/depot"
	"fayi/judging/store/depot/depottest"
	"fayi/judging/store/depot/s3"
)

func opened(t *testing.T, address, secret string) *s3.Engine {
	t.Helper()
	e, err := s3.Open(address, secret)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// TestAServerKeepsThePromise: versitygw, as itself.
func TestAServerKeepsThePromise(t *testing.T) {
	server := depottest.S3(t)
	address, secret := server.Address, server.Secret
	n := 0
	depottest.Suite(t, func(*testing.T) func(*testing.T) depot.Engine {
		n++
		at := strings.Replace(address, "?", fmt.Sprintf("/place%d?", n), 1)
		return func(t *testing.T) depot.Engine { return opened(t, at, secret) }
	})
	e := opened(t, address, "another")
	if err := e.Prepare(t.Context(), "c1"); judging.CodeOf(err) != judging.Forbidden {
		t.Errorf("a wrong password: %v", err)
	}
	e = opened(t, strings.Replace(address, "/fayi?", "/none?", 1), secret)
	if err := e.Prepare(t.Context(), "c1"); judging.CodeOf(err) != judging.Unavailable ||
		!strings.Contains(err.Error(), "no_bucket") {
		t.Errorf("no such bucket: %v", err)
	}
}

func TestAddressesThatCantBeRead(t *testing.T) {
	for _, address := range []string{
		"", "s3://", "s3://host/bucket", "s3://user@host", "s3://user@host/", "http://user@host/bucket",
		"s3://user@host/bucket?tls=on", "s3://user:secret@host/bucket", "s3://user@ho st/bucket",
	} {
		if _, err := s3.Open(address, "x"); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := s3.Open("s3://user@host/bucket?ca=/none.pem", "x"); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("a missing file: %v", err)
	}
}

// hostile is a server that answers everything with one thing.
func hostile(t *testing.T, answer http.HandlerFunc) *s3.Engine {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return opened(t, "s3://user@"+server.Listener.Addr().String()+"/fayi?tls=off", "secret")
}

// TestAnswersOfServersThatFail: each is reported as what it is, and soon.
func TestAnswersOfServersThatFail(t *testing.T) {
	told := func(status int, code string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(status)
			fmt.Fprintf(w, "<Error><Code>%s</Code><Message>x</Message></Error>", code)
		}
	}
	for _, c := range []struct {
		answer http.HandlerFunc
		text   string
	}{
		{told(500, "InternalError"), "depot.away"}, {told(503, "SlowDown"), "depot.away"},
		{told(403, "AccessDenied"), "depot.refused"}, {told(403, "InvalidAccessKeyId"), "depot.refused"},
		{told(507, "XMinioStorageFull"), "depot.full"}, {told(400, "QuotaExceeded"), "depot.full"},
		{told(404, "NoSuchBucket"), "depot.no_bucket"},
		{func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>a router's page")) }, "depot.away"},
		{func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "depot.away"},
	} {
		e, began := hostile(t, c.answer), time.Now()
		err := e.Put(t.Context(), "c1/aa/1", 3, strings.NewReader("one"))
		if judging.CodeOf(err) == "" || !strings.Contains(err.Error(), c.text) {
			t.Errorf("put: got %v, want %s", err, c.text)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s was told after %v", c.text, took)
		}
	}
}

// TestAnObjectThatIsCutOff: the connection ends before the length that was announced.
func TestAnObjectThatIsCutOff(t *testing.T) {
	e := hostile(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Last-Modified", "Sun, 29 Nov 2026 10:00:00 GMT")
		w.Write(make([]byte, 500))
	})
	in, err := e.Get(t.Context(), "c1/aa/1")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if n, err := io.Copy(io.Discard, in); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// TestTheSecretIsNotSent: neither in an address nor in a head, and no body but the one to be put.
func TestTheSecretIsNotSent(t *testing.T) {
	var seen atomic.Int64
	e := hostile(t, func(w http.ResponseWriter, r *http.Request) {
		var raw bytes.Buffer
		r.Write(&raw)
		if strings.Contains(raw.String(), "secret") {
			t.Errorf("sent %s", raw.String())
		}
		seen.Add(1)
		w.WriteHeader(http.StatusForbidden)
	})
	e.Put(t.Context(), "c1/aa/1", 3, strings.NewReader("one"))
	e.Get(t.Context(), "c1/aa/1")
	e.List(t.Context(), "c1", func(depot.Object) error { return nil })
	if seen.Load() < 3 {
		t.Errorf("%d requests", seen.Load())
	}
}

// TestWhatAWriterLeftThatDied: a real upload in parts that nobody completes, on a real server; the parts were put.
func TestWhatAWriterLeftThatDied(t *testing.T) {
	server := depottest.S3(t)
	at := strings.Replace(server.Address, "?", "/place?", 1)
	e := opened(t, at, server.Secret)
	u, err := url.Parse(server.Address)
	if err != nil {
		t.Fatal(err)
	}
	core, err := minio.NewCore(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(u.User.Username(), server.Secret, ""), Region: "us-east-1",
	})
	if err != nil {
		t.Fatal(err)
	}
	bucket := strings.Trim(u.Path, "/")
	for _, key := range []string{"place/c1/aa/1", "place/c1/aa/1", "place/c2/aa/1"} {
		id, err := core.NewMultipartUpload(t.Context(), bucket, key, minio.PutObjectOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := core.PutObjectPart(t.Context(), bucket, key, id, 1, strings.NewReader("half"), 4,
			minio.PutObjectPartOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Put(t.Context(), "c1/aa/1", 3, strings.NewReader("one")); err != nil {
		t.Fatal(err)
	}
	list := func() (left []depot.Object) {
		t.Helper()
		if err := e.Unfinished(t.Context(), "c1", func(o depot.Object) error {
			left = append(left, o)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return left
	}
	left := list()
	if len(left) != 2 || left[0].Size != 4 || time.Since(left[0].At).Abs() > time.Hour {
		t.Fatalf("left %+v", left)
	}
	if err := e.Discard(t.Context(), "c1/aa/1"); err == nil {
		t.Error("an object was discarded")
	}
	for range 2 {
		if err := e.Discard(t.Context(), left[0].Name); err != nil {
			t.Error(err)
		}
	}
	if now := list(); len(now) != 1 || now[0].Name != left[1].Name {
		t.Errorf("left %+v", now)
	}
	if there, err := e.Stat(t.Context(), "c1/aa/1"); err != nil || there.Size != 3 {
		t.Errorf("the object beside them: %+v, %v", there, err)
	}
}
