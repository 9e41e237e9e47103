// Package probe lets a test ask the running desktop program what is on its screen, over a socket on the same
// computer, so that it presses words instead of places and waits for work to end instead of a time. Only a program
// built with the tag "probe" answers; what users get does not hold it.
package probe

import (
	"encoding/json"
	"fmt"
	"net"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/sight"
)

// Env names the variable that holds the path of the socket.
const Env = "FAYI_PROBE"

// Wish asks for a look, after what else it wants has been done; what is left empty stays as it is.
type Wish struct {
	Go   *kit.Route // show the page of this route
	Lang string     // "zh-Hans" or "en"
	Mode look.Mode  // light or dark
	Size look.TextSize
}

// View is what is on the screen.
type View struct {
	sight.Sight

	Route  kit.Route
	Title  string // of the window
	Busy   bool   // work is under way
	Over   bool   // a dialog or a menu lies over the page: only that can be looked at and pressed
	Frame  int    // counts the toolkit's rounds: in each it takes what the user did, then draws
	Scale  float32
	Width  float32 // of the window's content, in device-independent pixels
	Height float32
	Faults []string // what a user would see cut, sticking out or lying over something else
}

// Client asks one program. It is not for several goroutines at once.
type Client struct {
	conn net.Conn
	out  *json.Encoder
	in   *json.Decoder
}

// Dial connects to the program that answers at path, which may not have begun to.
func Dial(path string, patience time.Duration) (*Client, error) {
	var conn net.Conn
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if conn, err = net.Dial("unix", path); err == nil {
			return &Client{conn, json.NewEncoder(conn), json.NewDecoder(conn)}, nil
		}
	}
	return nil, fmt.Errorf("nobody answers at %s: %w", path, err)
}

// Ask does what w wants and returns what is on the screen then. It fails when the program has ended.
func (c *Client) Ask(w Wish) (View, error) {
	var v View
	if err := c.out.Encode(w); err != nil {
		return v, err
	}
	return v, c.in.Decode(&v)
}

// Close ends the connection.
func (c *Client) Close() error { return c.conn.Close() }
