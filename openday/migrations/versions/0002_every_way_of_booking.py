"""every way of booking: seats over several pools, politics and press, questions, the waiting list, the door."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('suppressions',
    sa.Column('address_digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('address_digest', name=op.f('pk_suppressions'))
    )
    op.create_table('announcements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_announcements_created_by_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_announcements_event_id_events'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcements')),
    sa.UniqueConstraint('nonce', name=op.f('uq_announcements_nonce'))
    )
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcements_event_id'), ['event_id'], unique=False)

    op.create_table('door_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_door_links_created_by_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_door_links_event_id_events'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_door_links')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_door_links_token_digest'))
    )
    with op.batch_alter_table('door_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_door_links_event_id'), ['event_id'], unique=False)

    op.create_table('questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('hint', sa.String(length=300), nullable=True),
    sa.Column('options', sa.Text(), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('purpose', sa.String(length=200), nullable=False),
    sa.Column('keep_days', sa.Integer(), nullable=False),
    sa.Column('shown_if_id', sa.Integer(), nullable=True),
    sa.Column('shown_if_answer', sa.String(length=200), nullable=True),
    sa.CheckConstraint('(shown_if_id IS NULL) = (shown_if_answer IS NULL)', name=op.f('ck_questions_condition_is_whole')),
    sa.CheckConstraint('keep_days BETWEEN 0 AND 365', name=op.f('ck_questions_retention_is_sane')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_questions_event_id_events'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['shown_if_id'], ['questions.id'], name=op.f('fk_questions_shown_if_id_questions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questions'))
    )
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.create_index('ix_questions_event', ['event_id', 'position'], unique=False)

    op.create_table('answers',
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('erase_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_answers_booking_id_bookings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name=op.f('fk_answers_question_id_questions')),
    sa.PrimaryKeyConstraint('booking_id', 'question_id', name=op.f('pk_answers'))
    )
    with op.batch_alter_table('answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answers_erase_on'), ['erase_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_answers_question_id'), ['question_id'], unique=False)

    op.create_table('booking_seats',
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('seat_pool_id', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.CheckConstraint('seats >= 1', name=op.f('ck_booking_seats_some_seats')),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_booking_seats_booking_id_bookings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_pool_id'], ['seat_pools.id'], name=op.f('fk_booking_seats_seat_pool_id_seat_pools')),
    sa.PrimaryKeyConstraint('booking_id', 'seat_pool_id', name=op.f('pk_booking_seats'))
    )
    with op.batch_alter_table('booking_seats', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booking_seats_seat_pool_id'), ['seat_pool_id'], unique=False)

    op.create_table('political_visits',
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=32), nullable=True),
    sa.Column('guest_role', sa.String(length=120), nullable=True),
    sa.Column('constituency', sa.String(length=120), nullable=True),
    sa.Column('is_for_guest', sa.Boolean(), nullable=False),
    sa.Column('brings_press', sa.String(length=32), nullable=True),
    sa.Column('may_announce', sa.String(length=32), nullable=True),
    sa.Column('topics', sa.String(length=300), nullable=True),
    sa.Column('security_notes', sa.String(length=300), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_political_visits_booking_id_bookings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('booking_id', name=op.f('pk_political_visits'))
    )
    op.create_table('press_visits',
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('plans', sa.String(length=255), nullable=False),
    sa.Column('proof', sa.String(length=32), nullable=True),
    sa.Column('talks_to', sa.String(length=255), nullable=False),
    sa.Column('deadline', sa.String(length=120), nullable=True),
    sa.Column('photo_rule_accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_press_visits_booking_id_bookings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('booking_id', name=op.f('pk_press_visits'))
    )
    op.create_table('visit_proposals',
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('is_by_host', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('start_time', sa.Time(), nullable=True),
    sa.Column('day_part', sa.String(length=32), nullable=True),
    sa.CheckConstraint('slot_id IS NOT NULL OR (day IS NOT NULL AND (start_time IS NULL) = (day_part IS NOT NULL))', name=op.f('ck_visit_proposals_says_when')),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_visit_proposals_booking_id_bookings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['slot_id'], ['slots.id'], name=op.f('fk_visit_proposals_slot_id_slots'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('booking_id', 'is_by_host', 'position', name=op.f('pk_visit_proposals'))
    )
    with op.batch_alter_table('visit_proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_proposals_slot_id'), ['slot_id'], unique=False)

    op.create_table('walk_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('seat_pool_id', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('came_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('size BETWEEN 1 AND 100', name=op.f('ck_walk_ins_size_is_sane')),
    sa.ForeignKeyConstraint(['seat_pool_id'], ['seat_pools.id'], name=op.f('fk_walk_ins_seat_pool_id_seat_pools')),
    sa.ForeignKeyConstraint(['slot_id'], ['slots.id'], name=op.f('fk_walk_ins_slot_id_slots')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_walk_ins')),
    sa.UniqueConstraint('nonce', name=op.f('uq_walk_ins_nonce'))
    )
    with op.batch_alter_table('walk_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_walk_ins_seat_pool_id'), ['seat_pool_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_walk_ins_slot_id'), ['slot_id'], unique=False)

    op.add_column('bookings', sa.Column('mode', sa.String(length=32), server_default='onsite', nullable=False))
    op.add_column('bookings', sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "INSERT INTO booking_seats (booking_id, seat_pool_id, seats)"
        " SELECT id, seat_pool_id, party_size FROM bookings WHERE state IN ('held', 'confirmed')"
    )
    op.execute("UPDATE bookings SET mode = (SELECT mode FROM seat_pools WHERE seat_pools.id = bookings.seat_pool_id)")
    op.execute("UPDATE bookings SET confirmed_at = created_at WHERE state = 'confirmed'")
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('awaits', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('is_provisional', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('held_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('network_digest', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('field_of_work', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('companions', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('terms_version', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('terms_accepted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('waits_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('overtaken', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('offers_lapsed', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('passed_slots', sa.String(length=255), server_default='', nullable=False))
        batch_op.add_column(sa.Column('takes_late_offer', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('came_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('came_size', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('joined_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column('slot_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.drop_index(batch_op.f('ix_bookings_pool_state'))
        batch_op.create_index('ix_bookings_booker_email', ['booker_email'], unique=False)
        batch_op.create_index(batch_op.f('ix_bookings_network_digest'), ['network_digest'], unique=False)
        batch_op.create_index('ix_bookings_state_held_until', ['state', 'held_until'], unique=False)
        batch_op.drop_constraint(batch_op.f('fk_bookings_seat_pool_id_seat_pools'), type_='foreignkey')
        batch_op.drop_column('seat_pool_id')
        batch_op.create_check_constraint('came_size_is_sane', 'came_size IS NULL OR came_size BETWEEN 0 AND 200')
        batch_op.create_check_constraint(
            'seats_are_of_a_slot', "slot_id IS NOT NULL OR state NOT IN ('held', 'offered', 'confirmed')"
        )
        batch_op.create_check_constraint(
            'hold_has_an_end', "state NOT IN ('held', 'offered') OR held_until IS NOT NULL"
        )

    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmation', sa.String(length=32), server_default='auto', nullable=False))
        batch_op.add_column(sa.Column('waiting_list', sa.String(length=32), server_default='offer', nullable=False))
        batch_op.add_column(sa.Column('change_until_hours', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('reserve_hours', sa.Integer(), server_default='24', nullable=True))
        batch_op.add_column(sa.Column('sends_reminders', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('registers_companions', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('terms', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('terms_version', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('invitation_digest', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('day_contact_name', sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column('day_contact_phone', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('change_note', sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('is_sold_out', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_index(batch_op.f('ix_events_listing'))
        batch_op.create_index('ix_events_listing', ['campaign_id', 'is_listed', 'state', 'starts_on', 'is_sold_out', 'start_time', 'ends_on', 'id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_events_invitation_digest'), ['invitation_digest'])
        batch_op.create_check_constraint('change_deadline_is_sane', 'change_until_hours BETWEEN 0 AND 720')
        batch_op.create_check_constraint(
            'reserve_hours_are_sane', 'reserve_hours IS NULL OR reserve_hours BETWEEN 0 AND 720'
        )

    with op.batch_alter_table('seat_pools', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_saved', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('slots', schema=None) as batch_op:
        batch_op.add_column(sa.Column('room_limit', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('reserves_open_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('photo_rule', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('is_photo_moment', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('previous_starts_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('previous_ends_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            'room_limit_is_sane', 'room_limit IS NULL OR room_limit BETWEEN 0 AND 100000'
        )


def downgrade() -> None:
    with op.batch_alter_table('slots', schema=None) as batch_op:
        batch_op.drop_constraint('room_limit_is_sane', type_='check')
        batch_op.drop_column('previous_ends_at')
        batch_op.drop_column('previous_starts_at')
        batch_op.drop_column('moved_at')
        batch_op.drop_column('is_photo_moment')
        batch_op.drop_column('photo_rule')
        batch_op.drop_column('reserves_open_at')
        batch_op.drop_column('room_limit')

    with op.batch_alter_table('seat_pools', schema=None) as batch_op:
        batch_op.drop_column('is_saved')

    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_constraint('reserve_hours_are_sane', type_='check')
        batch_op.drop_constraint('change_deadline_is_sane', type_='check')
        batch_op.drop_constraint(batch_op.f('uq_events_invitation_digest'), type_='unique')
        batch_op.drop_index('ix_events_listing')
        batch_op.create_index(batch_op.f('ix_events_listing'), ['campaign_id', 'is_listed', 'state', 'starts_on', 'start_time', 'id'], unique=False)
        batch_op.drop_column('is_sold_out')
        batch_op.drop_column('changed_at')
        batch_op.drop_column('change_note')
        batch_op.drop_column('day_contact_phone')
        batch_op.drop_column('day_contact_name')
        batch_op.drop_column('invitation_digest')
        batch_op.drop_column('terms_version')
        batch_op.drop_column('terms')
        batch_op.drop_column('registers_companions')
        batch_op.drop_column('sends_reminders')
        batch_op.drop_column('reserve_hours')
        batch_op.drop_column('change_until_hours')
        batch_op.drop_column('waiting_list')
        batch_op.drop_column('confirmation')

    # what 0001 has no word for is given up: it knows neither people who wait nor parties of several pools
    op.add_column('bookings', sa.Column('seat_pool_id', sa.INTEGER(), nullable=True))
    op.execute(
        "UPDATE bookings SET seat_pool_id = coalesce("
        "(SELECT min(seat_pool_id) FROM booking_seats WHERE booking_id = bookings.id),"
        " (SELECT min(id) FROM seat_pools WHERE slot_id = bookings.slot_id AND mode = bookings.mode))"
    )
    op.execute(
        "DELETE FROM outbox_messages WHERE booking_id IN (SELECT id FROM bookings WHERE seat_pool_id IS NULL"
        " OR state NOT IN ('held', 'confirmed', 'cancelled'))"
    )
    op.execute(
        "DELETE FROM bookings WHERE seat_pool_id IS NULL OR state NOT IN ('held', 'confirmed', 'cancelled')"
    )
    op.execute(
        "UPDATE seat_pools SET taken = coalesce((SELECT sum(party_size) FROM bookings"
        " WHERE seat_pool_id = seat_pools.id AND state IN ('held', 'confirmed')), 0)"
    )
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.drop_constraint('hold_has_an_end', type_='check')
        batch_op.drop_constraint('seats_are_of_a_slot', type_='check')
        batch_op.drop_constraint('came_size_is_sane', type_='check')
        batch_op.alter_column('seat_pool_id', existing_type=sa.INTEGER(), nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_bookings_seat_pool_id_seat_pools'), 'seat_pools', ['seat_pool_id'], ['id'])
        batch_op.drop_index('ix_bookings_state_held_until')
        batch_op.drop_index(batch_op.f('ix_bookings_network_digest'))
        batch_op.drop_index('ix_bookings_booker_email')
        batch_op.create_index(batch_op.f('ix_bookings_pool_state'), ['seat_pool_id', 'state'], unique=False)
        batch_op.alter_column('slot_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('confirmed_at')
        batch_op.drop_column('joined_at')
        batch_op.drop_column('came_size')
        batch_op.drop_column('came_at')
        batch_op.drop_column('takes_late_offer')
        batch_op.drop_column('passed_slots')
        batch_op.drop_column('offers_lapsed')
        batch_op.drop_column('overtaken')
        batch_op.drop_column('waits_since')
        batch_op.drop_column('terms_accepted_at')
        batch_op.drop_column('terms_version')
        batch_op.drop_column('companions')
        batch_op.drop_column('field_of_work')
        batch_op.drop_column('network_digest')
        batch_op.drop_column('held_until')
        batch_op.drop_column('is_provisional')
        batch_op.drop_column('awaits')
        batch_op.drop_column('mode')

    with op.batch_alter_table('walk_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_walk_ins_slot_id'))
        batch_op.drop_index(batch_op.f('ix_walk_ins_seat_pool_id'))

    op.drop_table('walk_ins')
    with op.batch_alter_table('visit_proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_proposals_slot_id'))

    op.drop_table('visit_proposals')
    op.drop_table('press_visits')
    op.drop_table('political_visits')
    with op.batch_alter_table('booking_seats', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_booking_seats_seat_pool_id'))

    op.drop_table('booking_seats')
    with op.batch_alter_table('answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answers_question_id'))
        batch_op.drop_index(batch_op.f('ix_answers_erase_on'))

    op.drop_table('answers')
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.drop_index('ix_questions_event')

    op.drop_table('questions')
    with op.batch_alter_table('door_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_door_links_event_id'))

    op.drop_table('door_links')
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcements_event_id'))

    op.drop_table('announcements')
    op.drop_table('suppressions')
