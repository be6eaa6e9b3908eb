use strict;
use warnings;
use IO::Socket::INET;

$SIG{CHLD} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 50, ReuseAddr => 1) or die "listen: $!";
$SIG{TERM} = sub { exit 0 };
open(my $mark, '>', '/tmp/started') or die "mark: $!";
close $mark;
while (1) {
    my $client = $server->accept or next;
    next if fork;
    while (my $line = <$client>) { last if $line =~ /^\r?\n$/ }
    print $client "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";
    close $client;
    exit;
}
