package main

// The environment carries secrets, because command lines are seen by every program on the machine.
const (
	passwordVariable = "FAYI_PASSWORD"   // of a contest
	pinVariable      = "FAYI_PIN"        // of a judge
	phraseVariable   = "FAYI_PASSPHRASE" // of a packet; without it one is drawn and printed
)

// settings are the variables of the environment that carry secrets to commands.
var settings = []struct{ name, key string }{
	{passwordVariable, "cli.env_password"}, {pinVariable, "cli.env_pin"}, {phraseVariable, "cli.env_phrase"},
}
