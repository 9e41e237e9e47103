package client

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"fayi/judging"
	"fayi/judging/room/sign"
)

// offer is how judges come in by name.
type offer struct {
	Names  []string `json:"names"`
	Public string   `json:"public"`
}

// Names returns the judges who can come in by name at base, as "http://192.168.1.5:8790". Errors: Forbidden where the
// room asks for a token.
func Names(ctx context.Context, via *http.Client, base string) ([]string, error) {
	o, err := offered(ctx, via, base)
	return o.Names, err
}

func offered(ctx context.Context, via *http.Client, base string) (o offer, err error) {
	c := &Client{http: via, base: base}
	_, err = c.send(ctx, http.MethodGet, "/api/names", "", nil, &o)
	return o, err
}

// Enter returns the desk of the judge who has a name and a PIN, on a device as for Open. Errors: Forbidden.
func Enter(
	ctx context.Context, via *http.Client, base, name, pin, device string, random io.Reader,
) (*Client, error) {
	base = strings.TrimSuffix(base, "/")
	o, err := offered(ctx, via, base)
	if err != nil {
		return nil, err
	}
	c := &Client{http: via, base: base, device: device, random: random}
	if device == "" {
		if c.device, err = newDevice(random); err != nil {
			return nil, err
		}
	}
	own, err := sign.NewPrivate(random)
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	key, err := own.Agree(o.Public, own.Public(), o.Public)
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "room.unreachable", nil).Because(err)
	}
	said, _ := json.Marshal(map[string]string{"name": name, "pin": pin, "device": c.device}) // strings always marshal
	sealed, err := key.Seal(random, "enter", said)
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	body, _ := json.Marshal(map[string]string{"public": own.Public(), "sealed": sealed}) // strings always marshal
	var out struct {
		Sealed string `json:"sealed"`
	}
	if _, err := c.send(ctx, http.MethodPost, "/api/enter", "", body, &out); err != nil {
		return nil, err
	}
	plain, err := key.Unseal("enter", out.Sealed)
	var pass struct {
		Key []byte `json:"key"`
	}
	if err != nil || json.Unmarshal(plain, &pass) != nil || len(pass.Key) != len(c.key) {
		return nil, judging.Fail(judging.Unavailable, "room.unreachable", nil).Because(err)
	}
	c.key = sign.Key(pass.Key)
	return c, nil
}
