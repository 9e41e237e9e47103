// Package gallery shows pictures next to each other: to look through (Gallery), to bring into an order (Order), or
// one, small (Thumb). Only what is in sight asks for its picture.
package gallery
