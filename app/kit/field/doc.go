// Package field takes what people type: texts, numbers, days, choices, lines of a list, a PIN. A field says at
// once what is wrong and keeps what was typed. Setting it from the program calls nothing back.
package field
