// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an outside developer makes of the protocol's documentation alone: a small client, and bots that play by it.
// GLASSHOUSE=/path/to/glasshouse node --test stranger.test.mjs

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';

let server, serverExit, port, data;

// Tries until there is something, and waits longer after every failure: an address may not do too much in a second (429).
async function patiently(attempt) {
    for (let pause = 50; ; pause *= 1.5) {
        const result = await attempt();
        if (result)
            return result;
        assert.ok(pause < 5000, `tried for long enough: ${attempt}`);
        await delay(pause * (1 + Math.random()));
    }
}

// One seat in one room. Every message has to carry the number after the last one, or something was lost or came twice.
class Player {
    log = [];
    tokens = [];
    seq = 0;
    #waiters = [];
    #lastId = 0;

    constructor(path) { this.path = path; }
    static join(room, query = {}) { return new Player(`/ws/${room}`).connect(query); }
    get id() { return this.me.playerId; }
    get state() { return this.me.room.gameState; }
    get token() { return this.tokens.at(-1); }
    now() { return Date.now() + this.skew; } // the server's clock, never ahead of it
    all(type, passes = () => true) { return this.log.filter(message => message.type === type && passes(message)); }
    send(type, data, more) { this.ws.send(JSON.stringify({ type, data, ...more })); }
    ping() { return this.ask('pong', 'ping'); }

    connect(query) {
        return patiently(async () => {
            const ws = this.ws = new WebSocket(`ws://127.0.0.1:${port}${this.path}?${new URLSearchParams(query)}`);
            this.closed = new Promise(resolve => ws.on('close', resolve));
            ws.on('message', (bytes, binary) => {
                if (ws === this.ws) // what the old connection still had does not count once we asked to come back
                    this.#take(binary ? { type: '(binary)', bytes, seq: this.seq + 1 } : { ...JSON.parse(bytes), raw: String(bytes) });
            });
            const error = await new Promise(resolve => ws.on('error', resolve).once('message', () => resolve()).on('close', resolve));
            assert.ok(!error || /429/.test(error.message), `no way in: ${error}`);
            return !error && this;
        });
    }

    #take(message) {
        if (message.type === 'connected' && !message.from) { // the relay would pass on another player's "connected"
            this.me = message.data;
            this.tokens.push(message.data.resume);
            this.skew = message.data.serverTime - Date.now();
            this.seq = message.data.resumed ? this.seq : 0;
        }
        assert.equal(message.seq, this.seq + 1, message.raw);
        this.seq = message.seq;
        const { seq, raw } = message;
        for (const one of message.type === 'batch' ? message.data.map(each => ({ ...each, seq, raw })) : [message]) {
            this.log.push(one);
            for (const look of this.#waiters)
                look(one);
        }
    }

    // The first message of that type which passes, whether it came already or not
    see(type, passes = () => true, since = 0) {
        const fits = message => message.type === type && passes(message);
        return this.log.slice(since).find(fits) ?? new Promise((resolve, reject) => {
            this.#waiters.push(message => fits(message) && resolve(message));
            setTimeout(() => reject(new Error(`${this.path}: no ${type} came, only ${this.log.at(-1).raw}`)), 45000).unref();
        });
    }

    ask(answer, type, data) {
        const id = ++this.#lastId;
        this.send(type, data, { id });
        return this.see(answer, message => message.re === id);
    }

    // The documentation says what is refused and what the codes mean, but not always which one it will be.
    async refused(type, data, ...codes) {
        const { data: { code, message } } = await this.ask('error', type, data);
        assert.ok(codes.includes(code), `${type} ${JSON.stringify(data)} was refused by ${code}: ${message}`);
    }

    async comeBack() {
        const { id, seq } = this;
        await this.connect({ resume: this.token, seq });
        assert.deepEqual([this.me.resumed, this.id], [true, id], this.me.reason);
    }

    async leave() {
        this.send('leave');
        assert.equal(await this.closed, 1000);
    }
}

const url = path => `http://127.0.0.1:${port}${path}`;

async function makeRoom(game, options, ...names) {
    const response = await patiently(async () => {
        const answer = await fetch(url('/api/v1/rooms'), { method: 'POST', body: JSON.stringify({ game, options }) });
        return answer.status !== 429 && answer;
    });
    assert.equal(response.status, 201);
    const { room, code } = await response.json();
    const players = [];
    for (const name of names)
        players.push(await Player.join(room, { name }));
    return { room, code, players };
}

async function allSee(players, type, passes) { // and all see the same
    const [first, ...others] = await Promise.all(players.map(player => player.see(type, passes)));
    for (const other of others)
        assert.deepEqual(other.data, first.data);
    return first.data;
}

const only = (object, ...keys) => Object.fromEntries(keys.map(key => [key, object[key]]));
const leaveAll = players => Promise.all(players.map(player => player.leave()));

before(async () => {
    data = await mkdtemp(join(tmpdir(), 'stranger-'));
    server = spawn(process.env.GLASSHOUSE, ['serve', '--port', '0', '--bind', '127.0.0.1', '--data', data],
        { stdio: ['ignore', 'pipe', 'ignore'] });
    serverExit = once(server, 'exit');
    process.on('exit', () => server.kill('SIGKILL'));
    [{ port }] = (await once(createInterface({ input: server.stdout }), 'line')).map(line => JSON.parse(line));
}, { timeout: 20000 });

after(async () => {
    if (server?.kill())
        await serverExit;
    await rm(data, { recursive: true, force: true });
});

describe('by the documentation alone', { concurrency: true, timeout: 85000 }, () => {
    test('three race Code Racer to the end and a fourth watches', async () => {
        const { room, players } = await makeRoom('code-racer', { length: 'short', countdownSeconds: 1 }, 'Ann', 'Bob', 'Cyd');
        const [ann, bob, cyd] = players;
        ann.send('start');
        const { racers, ...race } = await allSee(players, 'game_started');
        const length = race.snippet.length;
        assert.deepEqual(racers, players.map(player => player.id));
        let go;
        const watched = new Promise(resolve => { go = resolve; });
        const type = async (player, speed, ...codes) => {
            for (let typed = 0, position = 0; position < length; await delay(80)) {
                if (player.now() < race.startsAt)
                    continue;
                position = Math.min(length, Math.floor(typed += speed * 0.08));
                player.send('progress', { position, errors: Math.floor(position / 20) });
                if (position > length / 3)
                    await watched; // nobody comes to the end before the fourth is there
            }
            for (const code of codes)
                player.send('submit_code', { code });
        };
        const typed = Promise.all([type(ann, 28, race.snippet.slice(1), race.snippet.replaceAll('\n', '  \r\n')),
            type(bob, 22, race.snippet), type(cyd, 17, race.snippet)]);
        await Promise.all(racers.map(id => ann.see('progress', ({ data }) => data.playerId === id && data.position > 0)));
        const dee = await Player.join(room, { name: 'Dee' });
        go();
        assert.deepEqual(only(dee.state, 'phase', ...Object.keys(race)), { phase: 'racing', ...race });
        assert.deepEqual(dee.state.racers.map(({ playerId, done }) => [playerId, done]), racers.map(id => [id, false]));
        assert.ok(dee.state.racers.every(({ position, wpm }) => position > 0 && position < length && wpm > 0));
        await dee.refused('progress', { position: 1, errors: 0 }, 'not_allowed');
        await typed;

        const { results } = await allSee([...players, dee], 'game_finished');
        const submitted = dee.all('code_submitted').map(message => message.data);
        assert.deepEqual(submitted.filter(({ playerId }) => playerId === ann.id).map(({ correct }) => correct), [false, true]);
        assert.deepEqual(results.map(({ playerId, place, score }) => [playerId, place, score]),
            submitted.filter(({ correct }) => correct).map(({ playerId, wpm }, i) => [playerId, i + 1, wpm]));
        for (const { wpm, accuracy, elapsedMs, position } of results) {
            assert.equal(position, length);
            assert.ok(Math.abs(wpm - length / 5 / (elapsedMs / 60000)) < 1, `${wpm} words a minute in ${elapsedMs} ms`);
            assert.ok(Math.abs(accuracy - 20 / 21) < 0.02, `accuracy ${accuracy}`);
        }
        const played = await patiently(async () => { // the list knows of the game a moment after the players do
            const { games } = await (await fetch(url('/api/v1/results?game=code-racer&limit=100'))).json();
            return games.find(game => game.room === room);
        });
        assert.deepEqual(played.results, results);
        const mark = dee.log.length; // who watched is in the next one
        ann.send('start');
        assert.deepEqual((await dee.see('game_started', undefined, mark)).data.racers, [...racers, dee.id]);
        await leaveAll([...players, dee]);
    });

    test('two rounds of Horse Race, and the chips add up', async () => {
        const { room, players } = await makeRoom('horse-race', { betSeconds: 6, horses: 5, pauseSeconds: 2 }, 'Eve', 'Fay', 'Gus');
        const [eve, fay, gus] = players;
        const chips = Object.fromEntries(players.map(player => [player.id, 1000]));
        const play = async ({ roundId, horses }, bets, meanwhile) => {
            const ofRound = message => message.data.roundId === roundId;
            const there = [...players];
            for (const [player, horse, stake] of bets) {
                const since = player.log.length;
                player.send('place_bet', { horse, stake });
                chips[player.id] -= stake;
                const { data } = await player.see('bet_accepted', undefined, since);
                assert.deepEqual(data, { roundId, horse, stake, chips: chips[player.id] });
            }
            await meanwhile?.(await allSee(there, 'race_start', ofRound));
            const { ranking, payouts, loans, chips: after } = await allSee(players, 'race_results', ofRound);
            for (const player of there) {
                assert.deepEqual(player.all('bet_placed', ofRound).map(({ data }) => [data.playerId, data.stake]),
                    bets.filter(([by]) => by !== player).map(([by, , stake]) => [by.id, stake]));
            }
            const positions = eve.all('race_sync', ofRound).map(({ data }) => data.positions);
            assert.ok(positions.length > 20 && positions.every(list => list.length === 5 && list.every(p => p >= 0 && p <= 1)));
            assert.deepEqual(ranking.toSorted(), horses.map(horse => horse.number));
            const { number: winner, odds } = horses.find(horse => horse.number === ranking[0]);
            assert.equal(positions.at(-1)[winner - 1], 1);
            assert.deepEqual(payouts.map(paid => `${paid.playerId} ${paid.horse} ${paid.stake}`).toSorted(),
                bets.map(([player, horse, stake]) => `${player.id} ${horse} ${stake}`).toSorted());
            for (const { playerId, horse, stake, payout } of payouts) {
                const due = horse === winner ? stake * odds : 0;
                assert.ok(Number.isInteger(payout) && Math.abs(payout - due) < 1, `${payout} paid for ${due}`);
                chips[playerId] += payout;
            }
            const poor = players.filter(({ id }) => chips[id] < 10).map(({ id }) => id);
            assert.deepEqual(loans.map(loan => `${loan.playerId} ${loan.amount}`).toSorted(), poor.map(id => `${id} 500`).toSorted());
            for (const id of poor)
                chips[id] += 500;
            assert.deepEqual(after, chips);
        };

        const { data: round } = await eve.see('new_round');
        const shown = only(round, 'roundId', 'horses');
        assert.deepEqual(only(gus.state, 'phase', 'roundId', 'horses'), { phase: 'betting', ...shown });
        const bets = [...[1, 2, 3, 4, 5].map(horse => [eve, horse, 10]), [fay, 1, 500], [gus, 2, 100], [gus, 3, 33]];
        let hal;
        await play(round, bets, async ({ startsAt }) => {
            await eve.see('race_sync', ({ data }) => data.elapsedMs > 0);
            hal = await Player.join(room, { name: 'Hal' });
            assert.deepEqual(only(hal.state, 'phase', 'roundId', 'horses', 'startsAt'), { phase: 'racing', ...shown, startsAt });
            assert.ok(hal.state.positions.length === 5 && hal.state.elapsedMs > 0);
            assert.deepEqual(hal.state.bets, bets.map(([player, , stake]) => ({ playerId: player.id, stake })));
            assert.deepEqual(Object.fromEntries(hal.state.players.filter(({ playerId }) => playerId !== hal.id)
                .map(player => [player.playerId, player.chips])), chips);
            await hal.refused('place_bet', { horse: 1, stake: 10 }, 'not_allowed');
            chips[hal.id] = 1000;
            players.push(hal);
        });
        const second = await allSee(players, 'new_round', ({ data }) => data.roundId !== round.roundId);
        await play(second, [[hal, 4, 250], [fay, 5, Math.min(500, chips[fay.id])], [eve, 1, 7], [hal, 1, 1], [gus, 3, 50]]);
        await leaveAll(players);
    });

    test('a relay passes on text to all, text to one, and bytes', async () => {
        const { room, code, players } = await makeRoom('relay', {}, 'Ida', 'Jon', 'Kay');
        const [ida, jon, kay] = players;
        const exact = '{"x":3.1400,"n":123456789012345678901,"s":"\u00fc\ud83d\ude00"}';
        const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
        ida.ws.send(`{"type":"move","data":${exact}}`);
        ida.send('whisper', { only: 'Jon' }, { to: jon.id });
        ida.ws.send(bytes);
        ida.send('batch', [{ type: 'one' }, { type: 'two', data: [1] }]);
        ida.send('chat', { text: 'hello' });
        assert.deepEqual(await allSee(players, 'chat'), { playerId: ida.id, name: 'Ida', text: 'hello' });
        assert.deepEqual(players.map((player, i) => player.log.slice(3 - i).map(({ type }) => type)),
            [['chat'], ['move', 'whisper', '(binary)', 'one', 'two', 'chat'], ['move', '(binary)', 'one', 'two', 'chat']]);
        for (const player of [jon, kay]) {
            const [move] = player.all('move');
            assert.ok(move.raw.includes(exact) && move.from === ida.id, move.raw);
            assert.deepEqual(player.all('(binary)')[0].bytes, bytes);
        }
        const leo = await new Player('/api/match/game').connect({ matchId: code.toLowerCase(), name: 'Leo' });
        assert.equal(leo.me.room.id, room);
        await leaveAll([leo, ...players]);
    });

    test('who is cut off comes back and has lost nothing and got nothing twice', async () => {
        const { room, players } = await makeRoom('relay', {}, 'Mia', 'Ned', 'Oda', 'Pia');
        const [mia, ned, oda, pia] = players;
        const numbers = Array.from({ length: 150 }, (_, n) => n);
        const numbered = (by, n) => ({ from, data }) => from === by.id && data.n === n;
        const talk = async (by, index) => {
            for (const n of numbers) {
                if (n % 7 === 3)
                    by.ws.send(Buffer.from([index, n]));
                else
                    by.send('numbered', { n });
                if (n >= 63 && n % 7 === 0) // a seat keeps only so much: do not run away from who is cut off
                    await pia.see('numbered', numbered(by, n - 63));
                await delay(20);
            }
        };
        let talking = true;
        const talked = Promise.all([mia, ned].map(talk)).finally(() => { talking = false; });
        for (let round = 0; talking; round++) {
            await delay(Math.random() * 300);
            const { ws, closed } = pia;
            if (round % 3 !== 2)
                ws.terminate(); // otherwise the new connection comes while the old one is still there
            await pia.comeBack();
            assert.equal(await closed, round % 3 !== 2 ? 1006 : 4008);
        }
        await talked;
        for (const player of [oda, pia]) {
            for (const [index, by] of [mia, ned].entries()) {
                await player.see('numbered', numbered(by, numbers.at(-1)));
                assert.deepEqual(player.log.filter(({ from, bytes }) => from === by.id || bytes?.[0] === index)
                    .map(({ data, bytes }) => bytes ? bytes[1] : data.n), numbers);
            }
        }
        assert.ok(pia.tokens.length > 5 && new Set(pia.tokens).size === pia.tokens.length);

        // Step by step, and the server's first word on the way back is lost: the token before is still good.
        let mark = oda.log.length;
        const odaSees = async type => { mark = oda.log.indexOf(await oda.see(type, ({ data }) => data.playerId === pia.id, mark)) + 1; };
        pia.ws.terminate();
        await odaSees('player_dropped');
        await patiently(async () => {
            const lost = new WebSocket(`ws://127.0.0.1:${port}${pia.path}?resume=${pia.token}&seq=${pia.seq}`);
            lost.on('error', () => {}).on('open', () => lost.terminate()); // before anything is read, so no pong goes out either
            return new Promise(resolve => lost.on('open', () => resolve(true)).on('close', () => resolve(false)));
        });
        await odaSees('player_resumed');
        await odaSees('player_dropped');
        mia.send('while', { n: 1 });
        mia.send('while', { n: 2 }, { to: pia.id });
        await mia.ping();
        await pia.comeBack();
        await odaSees('player_resumed');
        await pia.see('while', ({ data }) => data.n === 2);
        assert.deepEqual(pia.all('while').map(({ data }) => data.n), [1, 2]);

        // A token is good once. Who uses it again, or a wrong one, gets a new seat and harms nobody.
        await pia.ping();
        for (const token of [pia.tokens.at(-2), pia.tokens[0], 'wrong']) {
            const stray = await Player.join(room, { resume: token, seq: pia.seq });
            assert.deepEqual([stray.me.resumed, typeof stray.me.reason], [false, 'string']);
            assert.ok(players.every(player => player.id !== stray.id));
            await stray.leave();
        }
        await Promise.all([pia.ping(), oda.ping()]);
        assert.ok(!oda.log.slice(mark).some(({ type }) => type === 'player_dropped'));

        // Another connection takes over. It knows none of the 300 messages, more than a seat keeps, and begins anew.
        const again = await Player.join(room, { resume: pia.token, seq: 0 });
        assert.equal(await pia.closed, 4008);
        assert.deepEqual([again.id, again.me.resumed, typeof again.me.reason], [pia.id, false, 'string']);
        mia.send('after', {}, { to: again.id });
        await again.see('after');
        await leaveAll([mia, ned, oda, again]);
    });

    test('what is not allowed is refused as documented and changes nothing', async () => {
        const { room, players: [rex, sue] } = await makeRoom('code-racer', { length: 'long', countdownSeconds: 2 }, 'Rex', 'Sue');
        await sue.refused('start', {}, 'not_allowed');
        await rex.refused('no_such_type', {}, 'unknown_type');
        await rex.refused('place_bet', { horse: 1, stake: 1 }, 'unknown_type');
        await rex.refused('ready', { status: 'perhaps' }, 'bad_data');
        await rex.refused('chat', { text: 'x'.repeat(501) }, 'bad_data', 'too_big');
        for (const [raw, code] of [['{"type":', 'bad_json'], ['[1]', 'bad_envelope'], ['{"type":"Ping"}', 'bad_envelope'],
            [`{"type":"ping","data":${'['.repeat(40)}${']'.repeat(40)}}`, 'bad_json'], [Buffer.from([1]), 'unsupported']]) {
            const since = rex.log.length;
            rex.ws.send(raw);
            assert.equal((await rex.see('error', undefined, since)).data.code, code, String(raw));
        }
        rex.send('start');
        const { data: { snippet, startsAt } } = await rex.see('game_started');
        await rex.refused('progress', { position: 1, errors: 0 }, 'not_allowed', 'bad_data'); // before startsAt
        await delay(startsAt - rex.now() + 500);
        await rex.refused('progress', { position: snippet.length, errors: 0 }, 'not_allowed', 'bad_data'); // too fast
        await rex.refused('submit_code', { code: snippet }, 'not_allowed', 'bad_data'); // without the progress
        rex.send('progress', { position: 5, errors: 1 });
        await rex.refused('progress', { position: 4, errors: 1 }, 'not_allowed', 'bad_data'); // backwards
        await rex.ping();
        const tim = await Player.join(room, { name: 'Tim' });
        assert.deepEqual(tim.state.racers.map(({ position, done }) => [position, done]), [[5, false], [0, false]]);
        const mark = rex.log.length;
        for (let i = 0; i < 20; i++)
            rex.send('no_such_type');
        assert.equal(await rex.closed, 1008);
        assert.equal(rex.log.slice(mark).filter(({ type }) => type === 'error').length, 20);
        await leaveAll([sue, tim]);

        const { room: track, players: [uma] } = await makeRoom('horse-race', { betSeconds: 30 }, 'Uma');
        for (const [horse, stake] of [[1, 501], [1, 0], [1, -5], [1, 2.5], [99, 5], [1]])
            await uma.refused('place_bet', { horse, stake }, 'bad_data');
        for (const stake of [500, 400])
            uma.send('place_bet', { horse: 1, stake });
        await uma.refused('place_bet', { horse: 1, stake: 101 }, 'bad_data', 'not_allowed'); // more than there are
        for (let i = 0; i < 3; i++)
            uma.send('place_bet', { horse: 2, stake: 10 });
        await uma.refused('place_bet', { horse: 2, stake: 10 }, 'bad_data', 'not_allowed'); // the sixth
        const vic = await Player.join(track, { name: 'Vic' });
        assert.deepEqual(vic.state.players.map(({ chips, staked }) => [chips, staked]), [[70, 930]]);
        assert.deepEqual(vic.state.bets.map(({ stake }) => stake), [500, 400, 10, 10, 10]);
        await leaveAll([uma, vic]);
    });
});
