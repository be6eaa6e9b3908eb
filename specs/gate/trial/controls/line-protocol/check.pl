use strict;
use warnings;
use IO::Socket::INET;

alarm 2;
my $client = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => 7000, Timeout => 2) or die "connect: $!\n";
print $client "PING\n";
my $answer = <$client> // '';
exit($answer eq "PONG\n" ? 0 : 1);
