// Package header is the frame of a page: its title, its count, the way back and its acts, over the body.
package header
