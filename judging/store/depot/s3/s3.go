// Package s3 keeps a depot.Engine in a bucket of an object store that speaks S3.
package s3

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store/depot"
)

const (
	dialing   = 3 * time.Second
	answering = 60 * time.Second // of headers, once a request is sent; how long nothing may move is the depot's to say
	partSize  = 16 << 20         // bytes of a long object that are in memory at once
	tries     = 2
	mostTrust = 1 << 20 // bytes of a file of certificates

	uploadMark = "?" // between an object's name and that of an upload; no name has it
)

// Engine is one bucket, or what begins with a prefix in it.
type Engine struct {
	client *minio.Client
	http   *http.Transport
	bucket string
	prefix string
}

var _ depot.Engine = (*Engine)(nil)

// Open returns the engine at an address as s3://user@host:port/bucket/prefix?ca=FILE&region=R; ?tls=off goes without
// TLS. secret is the user's. It asks nobody yet. Errors: Invalid for an address that can't be read, NotFound for its
// file.
func Open(address, secret string) (*Engine, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User.Username() == "" {
		return nil, depot.BadAddress()
	}
	if _, typed := u.User.Password(); typed {
		return nil, judging.Fail(judging.Invalid, "depot.secret_in_address", nil)
	}
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	q := u.Query()
	if bucket == "" || q.Get("tls") != "" && q.Get("tls") != "off" {
		return nil, depot.BadAddress()
	}
	e := &Engine{bucket: bucket, prefix: prefix}
	if prefix != "" {
		e.prefix += "/"
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if file := q.Get("ca"); file != "" {
		raw, err := regular.ReadFile(file, mostTrust)
		if err != nil {
			return nil, judging.Fail(judging.NotFound, "share.trust_file", nil).Because(err)
		}
		if config.RootCAs = x509.NewCertPool(); !config.RootCAs.AppendCertsFromPEM(raw) {
			return nil, depot.BadAddress()
		}
	}
	e.http = &http.Transport{
		DialContext:     (&net.Dialer{Timeout: dialing, KeepAlive: dialing}).DialContext,
		TLSClientConfig: config, TLSHandshakeTimeout: dialing, ResponseHeaderTimeout: answering,
		MaxIdleConnsPerHost: 8, IdleConnTimeout: time.Minute, DisableCompression: true,
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
	}
	region := q.Get("region")
	if region == "" {
		region = "us-east-1" // what object stores of one's own are called, and asking costs a round trip
	}
	e.client, err = minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(u.User.Username(), secret, ""), Secure: q.Get("tls") != "off",
		Transport: progress{e.http}, Region: region, MaxRetries: tries,
	})
	if err != nil {
		return nil, depot.BadAddress()
	}
	return e, nil
}

// progress tells the depot of each part of a body that goes out.
type progress struct{ *http.Transport }

// RoundTrip implements http.RoundTripper.
func (t progress) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil && r.Body != http.NoBody {
		ctx, body := r.Context(), r.Body
		r = r.Clone(ctx)
		r.Body = &outgoing{ctx, body}
	}
	return t.Transport.RoundTrip(r)
}

type outgoing struct {
	ctx context.Context
	io.ReadCloser
}

// Read implements io.Reader.
func (o *outgoing) Read(p []byte) (int, error) {
	depot.Moved(o.ctx)
	return o.ReadCloser.Read(p)
}

// Prepare implements depot.Engine.
func (e *Engine) Prepare(ctx context.Context, _ string) error {
	there, err := e.client.BucketExists(ctx, e.bucket)
	if err == nil && !there {
		return noBucket(nil)
	}
	return failed(err)
}

// Put implements depot.Engine.
func (e *Engine) Put(ctx context.Context, name string, size int64, r io.Reader) error {
	done, err := e.client.PutObject(ctx, e.bucket, e.prefix+name, r, size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", PartSize: partSize, NumThreads: 1,
	})
	if err == nil && done.ETag == "" {
		return depot.Away(errNoStore)
	}
	return failed(err)
}

// errNoStore says that whoever answered yes to a put is no object store: a page where one signs in to a network does.
var errNoStore = errors.New("s3: not an object store")

// Get implements depot.Engine.
func (e *Engine) Get(ctx context.Context, name string) (io.ReadCloser, error) {
	// the plain request: minio's Object reads by ranges, from a goroutine of its own
	core := minio.Core{Client: e.client}
	in, info, _, err := core.GetObject(ctx, e.bucket, e.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, failed(err)
	}
	return &incoming{in, info.Size}, nil
}

// incoming says that an object was cut off, where its length was known before.
type incoming struct {
	io.ReadCloser
	left int64
}

// Read implements io.Reader.
func (in *incoming) Read(p []byte) (int, error) {
	n, err := in.ReadCloser.Read(p)
	in.left -= int64(n)
	switch {
	case errors.Is(err, io.EOF) && in.left > 0, errors.Is(err, io.ErrUnexpectedEOF):
		err = depot.Away(io.ErrNoProgress)
	case err != nil && !errors.Is(err, io.EOF):
		err = failed(err)
	}
	return n, err
}

// Stat implements depot.Engine.
func (e *Engine) Stat(ctx context.Context, name string) (depot.Object, error) {
	info, err := e.client.StatObject(ctx, e.bucket, e.prefix+name, minio.StatObjectOptions{})
	if err != nil {
		return depot.Object{}, failed(err)
	}
	return depot.Object{Name: name, Size: info.Size, At: info.LastModified}, nil
}

// List implements depot.Engine.
func (e *Engine) List(ctx context.Context, prefix string, fn func(depot.Object) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // it goes on in a goroutine
	for o := range e.client.ListObjects(ctx, e.bucket, minio.ListObjectsOptions{
		Prefix: e.prefix + prefix + "/", Recursive: true,
	}) {
		if o.Err != nil {
			return failed(o.Err)
		}
		is := depot.Object{Name: strings.TrimPrefix(o.Key, e.prefix), Size: o.Size, At: o.LastModified}
		if err := fn(is); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Unfinished implements depot.Engine: uploads in parts that were neither completed nor given up.
func (e *Engine) Unfinished(ctx context.Context, prefix string, fn func(depot.Object) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // it goes on in a goroutine
	for u := range e.client.ListIncompleteUploads(ctx, e.bucket, e.prefix+prefix+"/", true) {
		if u.Err != nil {
			return failed(u.Err)
		}
		size, err := e.arrived(ctx, u.Key, u.UploadID)
		if errors.Is(err, judging.ErrNotFound) {
			continue // it was completed or given up meanwhile
		}
		if err == nil {
			name := strings.TrimPrefix(u.Key, e.prefix) + uploadMark + u.UploadID
			err = fn(depot.Object{Name: name, Size: size, At: u.Initiated})
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// arrived is how many bytes of an upload are there, in its first thousand parts.
func (e *Engine) arrived(ctx context.Context, key, upload string) (size int64, err error) {
	parts, err := minio.Core{Client: e.client}.ListObjectParts(ctx, e.bucket, key, upload, 0, 1000)
	for _, p := range parts.ObjectParts {
		size += p.Size
	}
	return size, failed(err)
}

// Discard implements depot.Engine.
func (e *Engine) Discard(ctx context.Context, name string) error {
	name, upload, is := strings.Cut(name, uploadMark)
	if !is {
		return depot.Away(errNoStore)
	}
	err := minio.Core{Client: e.client}.AbortMultipartUpload(ctx, e.bucket, e.prefix+name, upload)
	if err = failed(err); errors.Is(err, judging.ErrNotFound) {
		return nil
	}
	return err
}

// Remove implements depot.Engine.
func (e *Engine) Remove(ctx context.Context, name string) error {
	return failed(e.client.RemoveObject(ctx, e.bucket, e.prefix+name, minio.RemoveObjectOptions{}))
}

// Close implements depot.Engine.
func (e *Engine) Close() error {
	e.http.CloseIdleConnections()
	return nil
}

func noBucket(err error) error {
	return judging.Fail(judging.Unavailable, "depot.no_bucket", nil).Because(err)
}

// failed says what an answer of S3 means for a depot.
func failed(err error) error {
	if err == nil {
		return nil
	}
	var told minio.ErrorResponse
	if !errors.As(err, &told) {
		return depot.Away(err)
	}
	switch {
	case told.Code == "NoSuchBucket":
		return noBucket(err)
	case told.Code == "NoSuchKey" || told.StatusCode == http.StatusNotFound:
		return depot.NoFile(err)
	case told.StatusCode == http.StatusForbidden || told.StatusCode == http.StatusUnauthorized:
		return depot.Refused(err)
	case told.StatusCode == http.StatusInsufficientStorage || told.Code == "XMinioStorageFull" ||
		told.Code == "QuotaExceeded":
		return depot.Full(err)
	}
	return depot.Away(err)
}
